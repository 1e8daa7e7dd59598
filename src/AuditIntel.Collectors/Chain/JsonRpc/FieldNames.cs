namespace AuditIntel.Collectors.Chain.JsonRpc;

/// <summary>
/// Names of JSON properties and what they mean. Objects of one kind mostly have their properties in one order, so the search goes on where it
/// last found something.
/// </summary>
internal sealed class FieldNames<T>(params (string Name, T Field)[] names)
    where T : struct, Enum
{
    private readonly byte[][] _names = [.. names.Select(each => System.Text.Encoding.UTF8.GetBytes(each.Name))];
    private readonly T[] _fields = [.. names.Select(each => each.Field)];

    /// <param name="name">The property's name.</param>
    /// <param name="next">Where to look first; set to the place behind what was found.</param>
    /// <param name="field">What the name means.</param>
    public bool TryFind(ReadOnlySpan<byte> name, ref int next, out T field)
    {
        for (int i = 0; i < _names.Length; i++)
        {
            int at = next + i < _names.Length ? next + i : next + i - _names.Length;
            if (name.SequenceEqual(_names[at]))
            {
                next = at + 1 < _names.Length ? at + 1 : 0;
                field = _fields[at];
                return true;
            }
        }

        field = default;
        return false;
    }
}
