namespace AuditIntel.DevStack.Protocol;

/// <summary>How a value of one type stands on the wire.</summary>
internal abstract class WireType<TValue>
{
    public abstract TValue Read(ref WireReader reader, in WireContext context);

    public abstract void Write(WireWriter writer, TValue value, in WireContext context);

    /// <summary>Whether a tagged field with this value may be left out.</summary>
    public virtual bool IsDefault(TValue value, TValue initial) => EqualityComparer<TValue>.Default.Equals(value, initial);
}

/// <summary>Version of the message, whether it is flexible (KIP-482), and whether the field may be null in it.</summary>
internal readonly record struct WireContext(short Version, bool Flexible, bool Nullable);
