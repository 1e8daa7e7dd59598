namespace AuditIntel.Streaming;

/// <summary>When a windowed aggregation gives results.</summary>
public enum EmitStrategy
{
    /// <summary>At every update; with caching, once a window and commit.</summary>
    OnWindowUpdate,

    /// <summary>Once, when the window is closed: stream time has passed its end and grace.</summary>
    OnWindowClose,
}
