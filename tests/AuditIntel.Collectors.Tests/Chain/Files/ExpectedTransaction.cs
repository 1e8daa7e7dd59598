using System.Globalization;
using System.Text.Json;
using AuditIntel.Contracts;

namespace AuditIntel.Collectors.Tests.Chain.Files;

/// <summary>A transaction as ethereum-etl streams it, compared field by field with ours.</summary>
internal static class ExpectedTransaction
{
    public static void AssertEqual(JsonElement expected, ChainTransaction actual)
    {
        Assert.Equal(1, actual.ChainId);
        Assert.Equal(Text(expected, "hash"), actual.Hash);
        Assert.Equal(Text(expected, "nonce"), Number(actual.Nonce));
        Assert.Equal(Text(expected, "transaction_index"), Number(actual.TransactionIndex));
        Assert.Equal(Text(expected, "from_address"), actual.From);
        Assert.Equal(Text(expected, "to_address"), actual.To);
        Assert.Equal(Text(expected, "value"), actual.Value.ToString());
        Assert.Equal(Text(expected, "gas"), Number(actual.GasLimit));
        Assert.Equal(Text(expected, "gas_price"), actual.GasPrice?.ToString());
        Assert.Equal(Text(expected, "block_timestamp"), Number(actual.Timestamp.ToUnixTimeSeconds()));
        Assert.Equal(Text(expected, "item_timestamp"), actual.Timestamp.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        Assert.Equal(Text(expected, "block_number"), Number(actual.BlockNumber));
        Assert.Equal(Text(expected, "block_hash"), actual.BlockHash);
        Assert.Equal(Text(expected, "max_fee_per_gas"), actual.MaxFeePerGas?.ToString());
        Assert.Equal(Text(expected, "max_priority_fee_per_gas"), actual.MaxPriorityFeePerGas?.ToString());
        Assert.Equal(Text(expected, "transaction_type"), Number(actual.Type));
        Assert.Equal(Text(expected, "receipt_cumulative_gas_used"), Number(actual.CumulativeGasUsed));
        Assert.Equal(Text(expected, "receipt_gas_used"), Number(actual.GasUsed));
        Assert.Equal(Text(expected, "receipt_contract_address"), actual.CreatedContract);
        Assert.Equal(Text(expected, "receipt_effective_gas_price"), actual.EffectiveGasPrice?.ToString());
        Assert.Equal(Text(expected, "receipt_status") == "1" ? TransactionStatus.Succeeded : TransactionStatus.Failed, actual.Status);
        string input = Text(expected, "input")![2..];
        Assert.Equal(input.Length / 2, actual.InputLength);
        Assert.Equal(input[..Math.Min(input.Length, 72)], Convert.ToHexStringLower(actual.InputHead));
        Assert.False(actual.Removed);
    }

    /// <summary>The value as it is written: numbers may be wider than any type of JSON's readers.</summary>
    private static string? Text(JsonElement expected, string name)
    {
        JsonElement value = expected.GetProperty(name);
        return value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => value.GetString(),
            _ => value.GetRawText(),
        };
    }

    private static string? Number(long? value) => value?.ToString(CultureInfo.InvariantCulture);
}
