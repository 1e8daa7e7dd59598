using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AuditIntel.DevStack.Registry.Schemas;

/// <summary>What an id stands for. Equal contents share one id, whatever their subjects are.</summary>
internal sealed record SchemaContent
{
    public const string Avro = "AVRO";

    /// <summary>AVRO; other types come from topics that the original has written, and are only handed out.</summary>
    public string Type { get; init; } = Avro;

    /// <summary>As stored.</summary>
    public required string Text { get; init; }

    public IReadOnlyList<SchemaReference> References { get; init; } = [];

    /// <summary>JSON of a data contract's metadata, which only the original writes; null for none.</summary>
    public string? Metadata { get; init; }

    /// <summary>JSON of a data contract's rules, which only the original writes; null for none.</summary>
    public string? RuleSet { get; init; }

    /// <summary>Two contents are the same when this is.</summary>
    public string Identity { get; private init; } = "";

    /// <param name="canonicalText">The text in the form that equal schemas share.</param>
    public SchemaContent Identified(string canonicalText)
    {
        var identity = new StringBuilder(Type).Append('\n').Append(canonicalText);
        foreach (SchemaReference reference in References)
        {
            identity.Append('\n').Append(reference.Name).Append('\n').Append(reference.Subject).Append('\n').Append(CultureInfo.InvariantCulture, $"{reference.Version}");
        }

        return this with { Identity = identity.Append('\n').Append(Metadata).Append('\n').Append(RuleSet).ToString() };
    }

    /// <summary>The original's hash of a schema, which it stores with every version: text, then name, subject and version of each reference.</summary>
    public string Md5()
    {
        var bytes = new MemoryStream();
        bytes.Write(Encoding.UTF8.GetBytes(Text));
        Span<byte> number = stackalloc byte[sizeof(int)];
        foreach (SchemaReference reference in References)
        {
            bytes.Write(Encoding.UTF8.GetBytes(reference.Name));
            bytes.Write(Encoding.UTF8.GetBytes(reference.Subject));
            BinaryPrimitives.WriteInt32BigEndian(number, reference.Version);
            bytes.Write(number);
        }

#pragma warning disable CA5351 // A fingerprint that the record layout prescribes; nothing is secured by it.
        return Convert.ToBase64String(MD5.HashData(bytes.ToArray()));
#pragma warning restore CA5351
    }
}
