namespace AuditIntel.DevStack.Registry.Storage;

/// <summary>What a record of the topic is about: the <c>keytype</c> of its key.</summary>
internal enum RecordKind
{
    /// <summary>A version of a subject; null deletes it for good.</summary>
    Schema,

    /// <summary>Compatibility of a subject, or of all; null goes back to the default.</summary>
    Config,

    /// <summary>What may be written to a subject, or to all; null goes back to the default.</summary>
    Mode,

    /// <summary>Versions up to one are deleted softly.</summary>
    DeleteSubject,

    /// <summary>Versions that were deleted softly are gone.</summary>
    ClearSubject,

    /// <summary>Nothing: the original writes it to learn the topic's last offset.</summary>
    Noop,

    /// <summary>One of the original's that is not known here (CONTEXT, ASSOC).</summary>
    Other,
}
