"""Returns as workbooks (Excel 填报): writing the template of a return, reading a filled one."""
