using Microsoft.Data.Sqlite;
using Npgsql;

namespace Governance.Registry.Storage;

/// <summary>Tells a disk that is full or may not be written from a fault of ours, in words for people.</summary>
public static class StorageFault
{
    /// <summary>The sentence for a full disk.</summary>
    public const string NoRoom =
        "The portal's disk has no room left, so this was not kept. Ask whoever runs the portal to make room, then try again.";

    /// <summary>The sentence for a disk that may not be written.</summary>
    public const string NotWritable =
        "The portal may not write to its data folder at the moment, so this was not kept. Ask whoever runs the portal.";

    // errno of Linux: the runtime hands it on as the exception's result where it has no own word for it.
    private const int NoSpace = 28;
    private const int QuotaExceeded = 122;
    private const int FileTooLarge = 27;
    private const int ReadOnlyFileSystem = 30;

    // Result codes of SQLite (sqlite.org/rescode.html).
    private const int SqliteReadOnly = 8;
    private const int SqliteIoError = 10;
    private const int SqliteFull = 13;
    private const int SqliteCannotOpen = 14;

    /// <summary>What happened, in a sentence; null where it was something else.</summary>
    /// <param name="fault">With those inside it.</param>
    public static string? SentenceOf(Exception fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        for (Exception? at = fault; at is not null; at = at.InnerException)
        {
            switch (at)
            {
                case SqliteException { SqliteErrorCode: SqliteFull }:
                case PostgresException { SqlState: PostgresErrorCodes.DiskFull }:
                case IOException { HResult: NoSpace or QuotaExceeded or FileTooLarge }:
                    return NoRoom;
                case SqliteException { SqliteErrorCode: SqliteReadOnly or SqliteIoError or SqliteCannotOpen }:
                case PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction }:
                case IOException { HResult: ReadOnlyFileSystem }:
                case UnauthorizedAccessException:
                    return NotWritable;
            }
        }

        return null;
    }
}
