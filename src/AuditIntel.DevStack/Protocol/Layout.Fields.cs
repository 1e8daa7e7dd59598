namespace AuditIntel.DevStack.Protocol;

/// <summary>The rows a layout is declared with.</summary>
internal sealed partial class Layout<TMessage>
{
    public Layout<TMessage> Bool(string versions, FieldRef<TMessage, bool> field) => Add(versions, field, WireTypes.Bool);

    public Layout<TMessage> Int8(string versions, FieldRef<TMessage, sbyte> field) => Add(versions, field, WireTypes.Int8);

    public Layout<TMessage> Int16(string versions, FieldRef<TMessage, short> field, int tag = -1) =>
        Add(versions, field, WireTypes.Int16, tag: tag);

    public Layout<TMessage> Int32(string versions, FieldRef<TMessage, int> field) => Add(versions, field, WireTypes.Int32);

    public Layout<TMessage> Int64(string versions, FieldRef<TMessage, long> field, int tag = -1) =>
        Add(versions, field, WireTypes.Int64, tag: tag);

    public Layout<TMessage> Uuid(string versions, FieldRef<TMessage, Guid> field, int tag = -1) =>
        Add(versions, field, WireTypes.Uuid, tag: tag);

    public Layout<TMessage> String(string versions, FieldRef<TMessage, string> field) => Add(versions, field, WireTypes.String);

    public Layout<TMessage> NullableString(string versions, FieldRef<TMessage, string?> field, string nullable, int tag = -1) =>
        Add(versions, field, WireTypes.NullableString, nullable, tag);

    public Layout<TMessage> Bytes(string versions, FieldRef<TMessage, ReadOnlyMemory<byte>> field) => Add(versions, field, WireTypes.Bytes);

    public Layout<TMessage> Records(string versions, FieldRef<TMessage, RecordsPayload> field) => Add(versions, field, WireTypes.Records);

    public Layout<TMessage> Struct<TItem>(string versions, FieldRef<TMessage, TItem?> field, Layout<TItem> layout, int tag)
        where TItem : class, new() => Add(versions, field, (WireType<TItem?>)(object)layout, tag: tag);

    public Layout<TMessage> Array<TItem>(string versions, FieldRef<TMessage, List<TItem>> field, WireType<TItem> element, int tag = -1) =>
        Add(versions, field, (WireType<List<TItem>>)(object)new ListType<TItem>(element), tag: tag);

    public Layout<TMessage> NullableArray<TItem>(
        string versions, FieldRef<TMessage, List<TItem>?> field, string nullable, WireType<TItem> element) =>
        Add(versions, field, new ListType<TItem>(element), nullable);

    private Layout<TMessage> Add<TValue>(
        string versions, FieldRef<TMessage, TValue> field, WireType<TValue> type, string? nullable = null, int tag = -1)
    {
        var row = new LayoutField<TMessage, TValue>(
            VersionRange.Parse(versions), nullable is null ? VersionRange.None : VersionRange.Parse(nullable), tag, field, type);
        (tag < 0 ? _fields : _tagged).Add(row);
        return this;
    }
}
