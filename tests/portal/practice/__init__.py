"""Practice projects through all apps (演练项目贯通): marked, apart, and gone without a rest."""
