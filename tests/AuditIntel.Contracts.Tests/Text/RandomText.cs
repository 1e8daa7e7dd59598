using System.Text;

namespace AuditIntel.Contracts.Tests.Text;

/// <summary>Short texts of everything that normalisation touches.</summary>
internal static class RandomText
{
    private static readonly string[] Pieces =
    [
        "a", "E", "x ", "\n", "\r\n", "\r", "\t", "\f", "\u0085", "\u00a0", "\u2028", "\u200b", "\u200d", "\ufeff", "\u0301", "\u0323", "\u0327", "\u00e9",
        "\u00c9", "\u1e9b\u0323", "\u0344", "\u212b", "\u1100\u1161", "\uac00\u11a8", "\u0915\u093c", "\u0130", "\u03a3", "\ud834\udd5e", "\ud83d\ude00", "\u0000", "\ud800",
    ];

    public static string Of(int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder();
        for (int count = random.Next(30); count > 0; count--)
        {
            text.Append(Pieces[random.Next(Pieces.Length)]);
        }

        return text.ToString();
    }
}
