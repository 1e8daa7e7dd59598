using Microsoft.Extensions.Logging;

namespace AuditIntel.DevStack.Registry;

/// <summary>Everything that the registry says, by event id.</summary>
internal static partial class RegistryLog
{
    [LoggerMessage(1, LogLevel.Information, "The Schema Registry listens on {Url} with {Schemas} schema versions from {Servers}")]
    public static partial void Started(ILogger logger, Uri url, int schemas, string servers);

    [LoggerMessage(2, LogLevel.Information, "Registered version {Version} of {Subject} with id {Id}")]
    public static partial void Registered(ILogger logger, string subject, int version, int id);

    [LoggerMessage(3, LogLevel.Information, "Deleted version {Version} of {Subject}, permanently: {Permanent}")]
    public static partial void Deleted(ILogger logger, string subject, int version, bool permanent);

    [LoggerMessage(4, LogLevel.Information, "Deleted subject {Subject} with {Versions} versions, permanently: {Permanent}")]
    public static partial void SubjectDeleted(ILogger logger, string subject, int versions, bool permanent);

    [LoggerMessage(5, LogLevel.Information, "Configuration of {Subject} is {Config}")]
    public static partial void ConfigChanged(ILogger logger, string subject, string config);

    [LoggerMessage(6, LogLevel.Information, "Mode of {Subject} is {Mode}")]
    public static partial void ModeChanged(ILogger logger, string subject, string mode);

    [LoggerMessage(7, LogLevel.Debug, "Refused {Method} {Path}: {Code} {Reason}")]
    public static partial void Refused(ILogger logger, string method, string path, int code, string reason);

    [LoggerMessage(8, LogLevel.Error, "{Method} {Path} failed in the store: {Reason}")]
    public static partial void StoreFailed(ILogger logger, string method, string path, string reason);

    [LoggerMessage(9, LogLevel.Error, "{Method} {Path} failed")]
    public static partial void RequestFailed(ILogger logger, string method, string path, Exception exception);

    [LoggerMessage(10, LogLevel.Error, "Reading {Topic} failed at offset {Offset}; it goes on in a second")]
    public static partial void ReaderFailed(ILogger logger, string topic, long offset, Exception exception);

    [LoggerMessage(11, LogLevel.Warning, "The record at offset {Offset} of {Topic} is passed over: {Reason}")]
    public static partial void RecordSkipped(ILogger logger, long offset, string topic, string reason);

    [LoggerMessage(12, LogLevel.Warning, "Kafka: {Warning}")]
    public static partial void KafkaTrouble(ILogger logger, string warning);

    [LoggerMessage(13, LogLevel.Warning, "Another registry wrote {Key} at the same time; its record is put back and the registration tried again")]
    public static partial void WriteCollided(ILogger logger, string key);
}
