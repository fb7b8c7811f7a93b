"""Reports (报告): typed results as an office hands them on, in Word, Excel, Markdown and text.

One module a form; each is loaded when its form is asked for, so that nothing else pays for it.
"""
