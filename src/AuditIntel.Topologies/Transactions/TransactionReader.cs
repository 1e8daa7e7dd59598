using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using AuditIntel.Avro;
using AuditIntel.Intelligence.Transactions;
using AuditIntel.Topologies.Transactions.State;
using ChainTransactionRecord = AuditIntel.Contracts.ChainTransaction;
using HashValue = AuditIntel.Contracts.HashValue;
using TransactionStatus = AuditIntel.Contracts.TransactionStatus;

namespace AuditIntel.Topologies.Transactions;

/// <summary>From the topic's record to what the features take. The topic is open to other producers, so everything is checked before any state changes.</summary>
internal static class TransactionReader
{
    private const double WeiInEther = 1e18;
    private const double WeiInGwei = 1e9;
    private const int SelectorBytes = 4;

    private static readonly BigInteger MostWei = BigInteger.Pow(2, 256) - 1;

    /// <exception cref="InvalidTransactionException">A field cannot be what it says; the message names it.</exception>
    public static TransactionKey KeyOf(ChainTransactionRecord record)
    {
        Require(record.ChainId > 0, record, "chainId", record.ChainId);
        return HashValue.TryParse(record.Hash, out HashValue hash) ? new TransactionKey(record.ChainId, hash) : throw Invalid(record, "hash", record.Hash);
    }

    /// <summary>The block's hash, or none.</summary>
    /// <exception cref="InvalidTransactionException">There is one, and it is no hash.</exception>
    public static HashValue BlockOf(ChainTransactionRecord record) =>
        record.BlockHash is null ? default : HashValue.TryParse(record.BlockHash, out HashValue hash) ? hash : throw Invalid(record, "blockHash", record.BlockHash);

    /// <exception cref="InvalidTransactionException">A field cannot be what it says; the message names it.</exception>
    public static ChainTransaction Read(ChainTransactionRecord record)
    {
        Require(record.BlockNumber >= 0, record, "blockNumber", record.BlockNumber);
        Require(record.TransactionIndex >= 0, record, "transactionIndex", record.TransactionIndex);
        Require(record.Nonce >= 0, record, "nonce", record.Nonce);
        Require(record.GasLimit >= 0, record, "gasLimit", record.GasLimit);
        Require(record.GasUsed is null or >= 0, record, "gasUsed", record.GasUsed);
        Require(record.InputLength >= record.InputHead.Length, record, "inputLength", record.InputLength);
        AvroDecimal price = record.EffectiveGasPrice ?? record.GasPrice ?? 0;
        return new ChainTransaction
        {
            ChainId = record.ChainId,
            BlockNumber = record.BlockNumber,
            Timestamp = record.Timestamp.ToUnixTimeSeconds(),
            Hash = record.Hash,
            From = Address(record, "from", record.From),
            To = (record.To ?? record.CreatedContract) is { } receiver ? Address(record, record.To is null ? "createdContract" : "to", receiver) : default,
            Nonce = record.Nonce,
            Index = record.TransactionIndex,
            ValueEther = Amount(record, "value", record.Value) / WeiInEther,
            Gas = record.GasLimit,
            GasPriceGwei = Amount(record, "gasPrice", price) / WeiInGwei,
            GasUsed = record.GasUsed ?? 0,
            IsError = record.Status == TransactionStatus.Failed,
            CreatesContract = record.To is null,
            InputLength = record.InputLength,
            Selector = HasSelector(record) ? BinaryPrimitives.ReadUInt32BigEndian(record.InputHead) : 0,
        };
    }

    public static bool HasSelector(ChainTransactionRecord record) => record.InputHead.Length >= SelectorBytes;

    private static double Amount(ChainTransactionRecord record, string field, AvroDecimal amount)
    {
        Require(amount.Scale == 0 && amount.Unscaled.Sign >= 0 && amount.Unscaled <= MostWei, record, field, amount);
        return (double)amount.Unscaled;
    }

    private static AccountAddress Address(ChainTransactionRecord record, string field, string text) =>
        !text.AsSpan().ContainsAnyInRange('A', 'Z') && AccountAddress.TryParse(text, out AccountAddress address) ? address : throw Invalid(record, field, text);

    private static void Require<T>(bool holds, ChainTransactionRecord record, string field, T value)
    {
        if (!holds)
        {
            throw Invalid(record, field, string.Create(CultureInfo.InvariantCulture, $"{value}"));
        }
    }

    private static InvalidTransactionException Invalid(ChainTransactionRecord record, string field, string value) => new(
        field,
        string.Create(CultureInfo.InvariantCulture, $"Transaction '{record.Hash}' of chain {record.ChainId} has the {field} '{value}', which none can have; mend its producer and send it again."));
}
