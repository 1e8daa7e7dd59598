using System.Numerics;
using System.Runtime.InteropServices;

namespace AuditIntel.Streaming.Runtime.Checkpoints;

/// <summary>CRC-32C of a frame; <see cref="BitOperations"/> uses the processor's instruction where it has one.</summary>
internal static class FrameChecksum
{
    public static uint Of(ReadOnlySpan<byte> frame)
    {
        uint crc = uint.MaxValue;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(frame);
        foreach (ulong word in words)
        {
            crc = BitOperations.Crc32C(crc, word);
        }

        foreach (byte rest in frame[(words.Length * sizeof(ulong))..])
        {
            crc = BitOperations.Crc32C(crc, rest);
        }

        return ~crc;
    }
}
