"""What pages show: values read from several apps and brought side by side."""
