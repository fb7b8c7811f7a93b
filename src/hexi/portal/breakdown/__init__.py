"""Breaking down and taking on (分解与认领): paths, parts, duties, yearly plans, my tasks."""
