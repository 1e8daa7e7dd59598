using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using AuditIntel.Contracts;
using AuditIntel.Streaming;

namespace AuditIntel.Topologies.Alerts;

/// <summary>The alerts of one transaction: for each the occasion, the block hash and the alert, the last two preceded by their lengths.</summary>
internal sealed class RaisedAlertsSerde(ISerde<Alert> alerts) : ISerde<IReadOnlyList<RaisedAlert>>
{
    private const int NoBlock = -1;

    public void Serialize(string topic, IReadOnlyList<RaisedAlert> value, IBufferWriter<byte> output)
    {
        var bytes = new ArrayBufferWriter<byte>();
        for (int i = 0; i < value.Count; i++)
        {
            RaisedAlert raised = value[i];
            Write(output, raised.Occasion);
            byte[] block = Encoding.UTF8.GetBytes(raised.BlockHash ?? "");
            Write(output, raised.BlockHash is null ? NoBlock : block.Length);
            output.Write(block);
            bytes.ResetWrittenCount();
            alerts.Serialize(topic, raised.Alert, bytes);
            Write(output, bytes.WrittenCount);
            output.Write(bytes.WrittenSpan);
        }
    }

    public IReadOnlyList<RaisedAlert> Deserialize(string topic, ReadOnlySpan<byte> data)
    {
        var raised = new List<RaisedAlert>();
        while (!data.IsEmpty)
        {
            int occasion = Read(ref data);
            int blockLength = Read(ref data);
            string? block = blockLength == NoBlock ? null : Encoding.UTF8.GetString(data[..blockLength]);
            data = data[Math.Max(blockLength, 0)..];
            int length = Read(ref data);
            raised.Add(new RaisedAlert(occasion, block, alerts.Deserialize(topic, data[..length])));
            data = data[length..];
        }

        return raised;
    }

    private static void Write(IBufferWriter<byte> output, int number)
    {
        BinaryPrimitives.WriteInt32BigEndian(output.GetSpan(sizeof(int)), number);
        output.Advance(sizeof(int));
    }

    private static int Read(ref ReadOnlySpan<byte> data)
    {
        int number = BinaryPrimitives.ReadInt32BigEndian(data);
        data = data[sizeof(int)..];
        return number;
    }
}
