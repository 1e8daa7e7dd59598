namespace AuditIntel.DevStack.Protocol;

/// <summary>One row of a layout: a field, the versions that have it, and its tag when it is a tagged field.</summary>
internal abstract class LayoutField<TMessage>(VersionRange versions, int tag)
{
    public VersionRange Versions { get; } = versions;

    /// <value>-1 for an ordinary field.</value>
    public int Tag { get; } = tag;

    public abstract void Read(ref WireReader reader, TMessage message, short version, bool flexible);

    public abstract void Write(WireWriter writer, TMessage message, short version, bool flexible);

    public abstract bool IsDefault(TMessage message, TMessage initial);
}

internal sealed class LayoutField<TMessage, TValue>(
    VersionRange versions, VersionRange nullable, int tag, FieldRef<TMessage, TValue> field, WireType<TValue> type)
    : LayoutField<TMessage>(versions, tag)
{
    public override void Read(ref WireReader reader, TMessage message, short version, bool flexible) =>
        field(message) = type.Read(ref reader, new(version, flexible, nullable.Contains(version)));

    public override void Write(WireWriter writer, TMessage message, short version, bool flexible) =>
        type.Write(writer, field(message), new(version, flexible, nullable.Contains(version)));

    public override bool IsDefault(TMessage message, TMessage initial) => type.IsDefault(field(message), field(initial));
}
