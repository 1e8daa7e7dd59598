using System.Globalization;

namespace AuditIntel.DevStack.Protocol;

/// <summary>An inclusive range of message versions, written as Kafka's definitions write it: "3", "0-4", "2+".</summary>
internal readonly record struct VersionRange(short First, short Last)
{
    public static VersionRange None { get; } = new(1, 0);

    public bool Contains(short version) => version >= First && version <= Last;

    public static VersionRange Parse(string text)
    {
        if (text.EndsWith('+'))
        {
            return new(Number(text[..^1]), short.MaxValue);
        }

        var dash = text.IndexOf('-', StringComparison.Ordinal);
        return dash < 0 ? new(Number(text), Number(text)) : new(Number(text[..dash]), Number(text[(dash + 1)..]));
    }

    private static short Number(string text) => short.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
