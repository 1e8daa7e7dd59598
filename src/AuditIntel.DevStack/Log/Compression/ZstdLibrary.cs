using System.Runtime.InteropServices;

namespace AuditIntel.DevStack.Log.Compression;

/// <summary>
/// Zstandard by the system's libzstd, which comes with librdkafka on most systems; the runtime has no codec of its own. Functions: facebook/zstd,
/// zstd.h, streaming decompression.
/// </summary>
internal static unsafe partial class ZstdLibrary
{
    private const string Name = "zstd";
    private const int Room = 128 << 10;

    private static readonly string[] FileNames = OperatingSystem.IsWindows() ? ["libzstd.dll", "zstd.dll"]
        : OperatingSystem.IsMacOS() ? ["libzstd.1.dylib", "libzstd.dylib"]
        : ["libzstd.so.1", "libzstd.so"];

    private static readonly Lazy<bool> Loaded = new(Load);

    /// <value>Whether the library is on this machine.</value>
    public static bool IsAvailable => Loaded.Value;

    /// <exception cref="InvalidDataException">The data is damaged or opens to more than the buffer may hold.</exception>
    public static void Expand(ReadOnlySpan<byte> source, ExpansionBuffer target)
    {
        var stream = ZSTD_createDStream();
        try
        {
            fixed (byte* from = source)
            {
                var input = new Piece { Bytes = from, Size = (nuint)source.Length };
                nuint wanted;
                do
                {
                    var room = target.Free(Room);
                    fixed (byte* to = room)
                    {
                        var output = new Piece { Bytes = to, Size = Room };
                        wanted = ZSTD_decompressStream(stream, ref output, ref input);
                        if (ZSTD_isError(wanted) != 0)
                        {
                            throw new InvalidDataException($"The zstd frame is damaged: {Marshal.PtrToStringUTF8(ZSTD_getErrorName(wanted))}.");
                        }

                        target.Advance((int)output.Position);
                        if (wanted != 0 && input.Position == input.Size && output.Position < output.Size)
                        {
                            throw new InvalidDataException("The zstd frame ends too early.");
                        }
                    }
                }
                while (wanted != 0 || input.Position < input.Size);
            }
        }
        finally
        {
            _ = ZSTD_freeDStream(stream);
        }
    }

    private static bool Load()
    {
        foreach (var file in FileNames)
        {
            if (NativeLibrary.TryLoad(file, out var library))
            {
                NativeLibrary.SetDllImportResolver(typeof(ZstdLibrary).Assembly, (name, _, _) => name == Name ? library : 0);
                return true;
            }
        }

        return false;
    }

    [LibraryImport(Name)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint ZSTD_createDStream();

    [LibraryImport(Name)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nuint ZSTD_freeDStream(nint stream);

    [LibraryImport(Name)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nuint ZSTD_decompressStream(nint stream, ref Piece output, ref Piece input);

    [LibraryImport(Name)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint ZSTD_isError(nuint code);

    [LibraryImport(Name)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint ZSTD_getErrorName(nuint code);

    /// <summary>ZSTD_inBuffer and ZSTD_outBuffer.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Piece
    {
        public byte* Bytes;
        public nuint Size;
        public nuint Position;
    }
}
