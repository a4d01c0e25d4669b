internal import Threading

extension Connection {
    /// What came instead of a request, or one.
    enum Arrival {
        case request(Request)
        case fault(RequestFault)
        /// The peer left, or was idle too long, or the server drains.
        case ended
        /// Nothing, for long enough to give back the task: the connection may idle until then.
        case rest(until: MonotonicInstant)
    }
}
