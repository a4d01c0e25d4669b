internal import LinuxIO
internal import Threading

/// The descriptors that the settings promise to clients, and those that the process needs besides: a gateway that takes
/// connections until it cannot open its log's next segment would fail everybody.
struct DescriptorNeeds {
    /// The log, its folder and lock, SQLite's files with their WAL, key and policy files, standard streams, signals, and
    /// what libraries open for a moment.
    static let reserve = 128
    /// Epoll set, wake-up and a socket for each of two listeners.
    static let perLoop = 4

    let connections: Int
    let others: Int

    init(_ bounds: Configuration.Bounds) {
        connections = bounds.connectionsMax
        others =
            Self.reserve + BoundPorts.metricsConnectionsMax
            + Self.perLoop * (bounds.loops == 0 ? SystemThread.coreCount : bounds.loops)
    }

    /// Raises the process's limit as far as it may and compares.
    /// - Throws: `CommandFailure` where the settings promise more than the process can have.
    func claim(in file: String) throws(CommandFailure) {
        guard let limit = DescriptorLimit.raise() else { return }
        try check(limit, in: file)
    }

    func check(_ limit: Int, in file: String) throws(CommandFailure) {
        guard connections + others > limit else { return }
        throw CommandFailure(
            .configuration, file,
            "limits.connections_max: \(connections) connections and \(others) other descriptors are more than the "
                + "\(limit) that this process may have",
            mend: limit > others
                ? "raise its hard limit (ulimit -Hn, LimitNOFILE=), or set connections_max to at most \(limit - others)"
                : "raise its hard limit (ulimit -Hn, LimitNOFILE=)")
    }
}
