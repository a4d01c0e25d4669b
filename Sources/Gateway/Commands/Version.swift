/// The version of the program, as `portcullis version` prints it and `gateway.start` records it (semver.org).
public let portcullisVersion = "0.1.0"
