"""Steps of breaking down (分解认领行为): one act a file."""
