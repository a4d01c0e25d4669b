/// Every bound of the module that is not a setting, with its unit and the reason for its value.
public enum TelemetryLimits {
    /// Bytes of lines of one event loop that wait for the log's thread: about 1,000 requests' lines.
    public static let lineQueueBytesMax = 524_288
    /// Bytes of one text member before escaping, as in the audit record.
    public static let textBytesMax = 1024
    /// Finished traces encoded and sent at once.
    public static let tracesPerBatch = 256
    /// Bytes of a collector's answer that are read.
    public static let responseBytesMax = 65_536
    /// Attempts to send one batch, the first among them.
    public static let attemptsMax = 5
    /// The longest pause between two attempts, whatever the collector asks for.
    public static let retryPauseMax = Duration.seconds(30)
    /// How long the end of the process waits for what is still to be written or sent.
    public static let closePatience = Duration.seconds(1)
}
