"""How the documentation is built (文档站点): Sphinx and furo, nothing from other hosts."""

import tomllib
from pathlib import Path

_about = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text("utf-8"))

project = "Hexi 河西"
author = "The Hexi contributors"
project_copyright = f"2026, {author}"
release = _about["project"]["version"]
version = release.rpartition(".")[0]

extensions = ["myst_parser"]
source_suffix = {".md": "markdown", ".rst": "restructuredtext"}
exclude_patterns = ["_build"]
language = "zh_CN"
html_search_language = "zh"
myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence", "deflist"]
myst_links_external_new_tab = False
nitpicky = False

# Names in signatures are ours or Python's; there is no inventory of another host to resolve them.
python_use_unqualified_type_names = True
add_module_names = False
toc_object_entries = False
# Two rooms may use one short name for a type; its link then leads to either.
suppress_warnings = ["ref.python"]

html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["hexi.css"]
html_title = f"Hexi 河西 {release}"
html_show_sphinx = False
html_copy_source = False
_fonts = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#1d4f73", "font-stack": _fonts},
    "dark_css_variables": {"color-brand-primary": "#8fc1e3"},
}
