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

    /// Notes which task is the connection of a socket that has no channel yet.
    func note(_ task: Task<Void, Never>, of descriptor: Int32) {
        precondition(isCurrent, "a loop belongs to its thread")
        newcomers[descriptor] = task
    }
}
