"""The pages: operation board, queues, plan, counts. No data of its own."""
