using AuditIntel.Intelligence.Transactions.State;

namespace AuditIntel.Intelligence.Transactions.Features;

/// <summary>The numbers that come from the transaction itself and from the chain's recent gas price. No absolute time and no identity is among them.</summary>
internal static class TransactionFeatures
{
    private const uint TransferSelector = 0xa9059cbb;
    private const uint TransferFromSelector = 0x23b872dd;
    private const uint ApproveSelector = 0x095ea7b3;
    private const uint ApproveAllSelector = 0xa22cb465;
    private const uint IncreaseAllowanceSelector = 0x39509351;
    private const int TrailingDigits = 18;

    public static readonly FeatureDefinition[] Definitions =
    [
        new("tx.value", "log2(1 + finney)", "value sent"),
        new("tx.value-zeros", "decimal digits", "trailing zeros of the value: 18 is whole ether, 0 a value nobody typed"),
        new("tx.empty", "0 or 1", "no value is sent"),
        new("tx.gas-limit", "log2(gas)", "gas limit"),
        new("tx.gas-used", "log2(1 + gas)", "gas used"),
        new("tx.gas-use", "share", "gas used of the limit"),
        new("tx.gas-price", "log2(x recent median)", "gas price against the chain's recent median"),
        new("tx.gas-price-step", "0 to 1", "distance of the gas price from whole gwei"),
        new("tx.input", "log2(1 + bytes)", "size of the input data"),
        new("tx.token-transfer", "0 or 1", "calls transfer or transferFrom"),
        new("tx.approval", "0 or 1", "calls approve, setApprovalForAll or increaseAllowance"),
        new("tx.other-call", "0 or 1", "calls anything else"),
        new("tx.creation", "0 or 1", "creates a contract"),
        new("tx.error", "0 or 1", "failed"),
        new("tx.nonce", "log2(1 + n)", "transactions that the sender sent before, by its nonce"),
        new("tx.hour", "hour UTC", "hour of the day"),
        new("tx.index", "log2(1 + n)", "position in the block"),
    ];

    public static void Write(in ChainTransaction transaction, double relativePrice, Span<float> to)
    {
        bool tokens = transaction.Selector is TransferSelector or TransferFromSelector && transaction.InputLength >= 4;
        bool approval = transaction.Selector is ApproveSelector or ApproveAllSelector or IncreaseAllowanceSelector && transaction.InputLength >= 4;
        double price = transaction.GasPriceGwei;
        int i = 0;
        to[i++] = (float)ValueProfile.Scale(transaction.ValueEther);
        to[i++] = TrailingZeros(transaction.ValueEther);
        to[i++] = transaction.ValueEther == 0 ? 1 : 0;
        to[i++] = (float)Math.Log2(Math.Max(1, transaction.Gas));
        to[i++] = (float)Math.Log2(1 + Math.Max(0, transaction.GasUsed));
        to[i++] = transaction.Gas > 0 ? (float)Math.Clamp((double)transaction.GasUsed / transaction.Gas, 0, 1) : 0;
        to[i++] = (float)relativePrice;
        to[i++] = (float)Math.Min(1, 2 * Math.Abs(price - Math.Round(price)));
        to[i++] = (float)Math.Log2(1 + transaction.InputLength);
        to[i++] = tokens ? 1 : 0;
        to[i++] = approval ? 1 : 0;
        to[i++] = transaction.InputLength > 0 && !tokens && !approval && !transaction.CreatesContract ? 1 : 0;
        to[i++] = transaction.CreatesContract ? 1 : 0;
        to[i++] = transaction.IsError ? 1 : 0;
        to[i++] = (float)Math.Log2(1 + Math.Max(0, transaction.Nonce));
        to[i++] = transaction.Timestamp / 3600 % 24;
        to[i] = (float)Math.Log2(1 + Math.Max(0, transaction.Index));
    }

    // Digits behind the point that a double tells for certain end at the 15th of the whole number.
    private static int TrailingZeros(double ether)
    {
        if (ether == 0)
        {
            return TrailingDigits;
        }

        double scaled = ether;
        for (int digits = 0; digits < 9; digits++, scaled *= 10)
        {
            if (Math.Abs(scaled - Math.Round(scaled)) <= 1e-12 * Math.Max(1, scaled))
            {
                return TrailingDigits - digits;
            }
        }

        return 0;
    }
}
