using System.Globalization;
using System.Text;

namespace AuditIntel.Collectors.Files;

/// <summary>Reads a file as text, or says why it is none.</summary>
internal static class SourceText
{
    /// <summary>Bytes of a refused file that are kept.</summary>
    public const int KeptBytes = 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text; a byte order mark says UTF-8 or UTF-16 and is left out.</summary>
    /// <exception cref="CollectionException">The file is empty, too large, binary, no UTF-8, or cannot be read.</exception>
    public static string Read(SourceFile file, long largest)
    {
        byte[] bytes;
        try
        {
            long length = new FileInfo(file.FullPath).Length;
            if (length > largest)
            {
                throw new CollectionException(
                    CollectionError.FileTooLarge,
                    string.Create(CultureInfo.InvariantCulture, $"{file.RelativePath} has {length} bytes, more than {largest}; split it."),
                    ReadHead(file),
                    length);
            }

            bytes = File.ReadAllBytes(file.FullPath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CollectionException(CollectionError.UnreadableFile, $"{file.RelativePath} cannot be read: {e.Message}", [], 0);
        }

        if (bytes.Length == 0)
        {
            throw new CollectionException(CollectionError.EmptyFile, $"{file.RelativePath} is empty.", bytes, 0);
        }

        return Decode(file, bytes);
    }

    private static string Decode(SourceFile file, byte[] bytes)
    {
        ReadOnlySpan<byte> content = bytes;
        if (content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || content.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            Encoding utf16 = content[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode;
            return utf16.GetString(content[2..]);
        }

        if (content.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            content = content[3..];
        }

        int zero = content.IndexOf((byte)0);
        if (zero >= 0)
        {
            throw Refused(file, bytes, CollectionError.BinaryFile, string.Create(CultureInfo.InvariantCulture, $"{file.RelativePath} is no text: byte {zero} is zero."));
        }

        try
        {
            return Strict.GetString(content);
        }
        catch (DecoderFallbackException e)
        {
            throw Refused(
                file, bytes, CollectionError.InvalidUtf8,
                string.Create(CultureInfo.InvariantCulture, $"{file.RelativePath} is no UTF-8 at byte {Math.Max(e.Index, 0)}; save it as UTF-8."));
        }
    }

    private static CollectionException Refused(SourceFile file, byte[] bytes, string errorClass, string message) =>
        new(errorClass, message, bytes.Length > KeptBytes ? bytes[..KeptBytes] : bytes, bytes.Length);

    private static byte[] ReadHead(SourceFile file)
    {
        using FileStream stream = File.OpenRead(file.FullPath);
        byte[] head = new byte[KeptBytes];
        int length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return head[..length];
    }
}
