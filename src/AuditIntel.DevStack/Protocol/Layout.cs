namespace AuditIntel.DevStack.Protocol;

/// <summary>
/// The layout of a message or of a structure inside one, declared once as a table of fields: the same table reads and writes it.
/// Facts (types, versions, tags) are those of Apache Kafka's message definitions; tagged fields and compact forms are KIP-482's.
/// </summary>
internal sealed partial class Layout<TMessage>(short flexibleFrom = short.MaxValue) : WireType<TMessage>
    where TMessage : class, new()
{
    private readonly TMessage _initial = new();
    private readonly List<LayoutField<TMessage>> _fields = [];
    private readonly List<LayoutField<TMessage>> _tagged = [];

    /// <summary>Whether a version of the message uses compact lengths and tagged fields.</summary>
    public bool IsFlexible(short version) => version >= flexibleFrom;

    public TMessage Read(ref WireReader reader, short version) => Read(ref reader, new WireContext(version, IsFlexible(version), false));

    public void Write(WireWriter writer, TMessage message, short version) =>
        Write(writer, message, new WireContext(version, IsFlexible(version), false));

    public override TMessage Read(ref WireReader reader, in WireContext context)
    {
        var message = new TMessage();
        foreach (var field in _fields)
        {
            if (field.Versions.Contains(context.Version))
            {
                field.Read(ref reader, message, context.Version, context.Flexible);
            }
        }

        if (context.Flexible)
        {
            ReadTagged(ref reader, message, context.Version);
        }

        return message;
    }

    public override void Write(WireWriter writer, TMessage value, in WireContext context)
    {
        foreach (var field in _fields)
        {
            if (field.Versions.Contains(context.Version))
            {
                field.Write(writer, value, context.Version, context.Flexible);
            }
        }

        if (context.Flexible)
        {
            WriteTagged(writer, value, context.Version);
        }
    }

    private void ReadTagged(ref WireReader reader, TMessage message, short version)
    {
        var count = reader.ReadUnsignedVarint();
        for (uint i = 0; i < count; i++)
        {
            var tag = reader.ReadUnsignedVarint();
            var size = reader.ReadUnsignedVarint();
            if (size > reader.Remaining)
            {
                throw new ProtocolException($"Tagged field {tag} at byte {reader.Position} of the frame claims {size} bytes.");
            }

            var end = reader.Position + (int)size;
            foreach (var field in _tagged)
            {
                if (field.Tag == tag && field.Versions.Contains(version))
                {
                    field.Read(ref reader, message, version, flexible: true);
                }
            }

            if (reader.Position > end)
            {
                throw new ProtocolException($"Tagged field {tag} before byte {reader.Position} of the frame is longer than its {size} bytes.");
            }

            reader.Skip(end - reader.Position);
        }
    }

    private void WriteTagged(WireWriter writer, TMessage message, short version)
    {
        uint count = 0;
        foreach (var field in _tagged)
        {
            count += field.Versions.Contains(version) && !field.IsDefault(message, _initial) ? 1u : 0u;
        }

        writer.WriteUnsignedVarint(count);
        foreach (var field in _tagged)
        {
            if (field.Versions.Contains(version) && !field.IsDefault(message, _initial))
            {
                using var value = new WireWriter(64);
                field.Write(value, message, version, flexible: true);
                writer.WriteUnsignedVarint((uint)field.Tag);
                writer.WriteUnsignedVarint((uint)value.Position);
                writer.WriteBytes(value.Own.Span);
            }
        }
    }
}
