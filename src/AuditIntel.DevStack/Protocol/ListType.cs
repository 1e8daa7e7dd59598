namespace AuditIntel.DevStack.Protocol;

/// <summary>An array of elements of one type.</summary>
internal sealed class ListType<TValue>(WireType<TValue> element) : WireType<List<TValue>?>
{
    public override List<TValue>? Read(ref WireReader reader, in WireContext context)
    {
        var count = reader.ReadCount(context.Flexible);
        if (count < 0)
        {
            // Some clients send null where the definition says empty; both mean "none" there.
            return context.Nullable ? null : [];
        }

        var inner = context with { Nullable = false };
        var list = new List<TValue>(Math.Min(count, 64));
        for (var i = 0; i < count; i++)
        {
            list.Add(element.Read(ref reader, inner));
        }

        return list;
    }

    public override void Write(WireWriter writer, List<TValue>? value, in WireContext context)
    {
        if (value is null && context.Nullable)
        {
            writer.WriteLength(-1, context.Flexible, wide: true);
            return;
        }

        var inner = context with { Nullable = false };
        writer.WriteLength(value?.Count ?? 0, context.Flexible, wide: true);
        for (var i = 0; i < (value?.Count ?? 0); i++)
        {
            element.Write(writer, value![i], inner);
        }
    }

    public override bool IsDefault(List<TValue>? value, List<TValue>? initial) => value is null || value.Count == 0;
}
