// Every page: theme, menu, keyboard, tables, forms that answer at once.
import "./theme.js";
import "./keyboard.js";
import "./tables.js";
import "./forms.js";
