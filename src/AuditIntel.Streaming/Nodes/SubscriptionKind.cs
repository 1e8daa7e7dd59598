namespace AuditIntel.Streaming.Nodes;

/// <summary>What a left row asks of its foreign key.</summary>
internal enum SubscriptionKind : byte
{
    /// <summary>The row is not interested any more; another foreign key answers in this one's place.</summary>
    Leave = 0,

    /// <summary>The row has no foreign key any more: answer, so that its result is deleted.</summary>
    LeaveAndAnswer = 1,

    /// <summary>The row refers to the key: answer where it has a value.</summary>
    AnswerIfPresent = 2,

    /// <summary>The row refers to the key: answer, with nothing where it has no value.</summary>
    Answer = 3,
}
