internal import Threading

extension EventLoop {
    /// Keeps `connection` without a task until something comes to `channel`, `deadline` has passed, or the server drains.
    func rest(_ connection: some Resting, on channel: Channel, until deadline: MonotonicInstant) {
        precondition(isCurrent, "a connection's task stays on its loop")
        schedule(channel, deadline)
        channel.task = nil
        channel.rest(connection, on: self, until: deadline)
    }

    /// Starts the task in which the connection behind `token` goes on.
    func goOn(_ token: UInt64) {
        let task = Task.detached(executorPreference: self) { [self] in
            if let resting = channel(token)?.takeResting() { await resting.goOn() }
        }
        channel(token)?.task = task
    }
}
