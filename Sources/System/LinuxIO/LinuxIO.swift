// Wrapper LinuxIO.
