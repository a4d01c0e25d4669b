internal import Agent

extension MetricsPage {
    /// The search by meaning: its queue, its cache, and how far the vectors are.
    func writeEmbedding(_ text: inout PrometheusText) {
        guard let embedder = services.embedder, let counts = services.knowledge.embeddingCounts else { return }
        let (depth, waits) = embedder.queue()
        text.family("portcullis_embedding_queue_jobs", "gauge", "Jobs that wait for the embedding model.")
        text.sample("portcullis_embedding_queue_jobs", [], depth)
        text.family(
            "portcullis_embedding_queue_wait_seconds", "histogram", "Time that jobs wait for the embedding model.")
        text.histogram("portcullis_embedding_queue_wait_seconds", [], waits)
        text.family("portcullis_question_vectors_total", "counter", "Vectors of questions, by where they came from.")
        for (source, count) in [
            ("cache", counts.hits), ("model", counts.misses - counts.failures), ("none", counts.failures),
        ] {
            text.sample("portcullis_question_vectors_total", [("source", source)], count)
        }
        text.family("portcullis_texts_without_vector", "gauge", "Texts of the knowledge base that have no vector yet.")
        text.sample("portcullis_texts_without_vector", [], services.knowledge.textsWithoutVector)
    }
}
