using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Governance.Registry.Storage;

/// <summary>Tells a database that is gone, busy or closed to the program's role from a fault of ours, in words for people.</summary>
/// <remarks>A disk that is full or closed is <see cref="StorageFault"/>'s.</remarks>
public static class DatabaseFault
{
    /// <summary>The sentence for a database that does not answer.</summary>
    public const string Gone =
        "The portal's database cannot be reached at the moment. Nothing was half done: look whether it was done before you try again. "
        + "If it lasts, tell whoever runs the portal.";

    /// <summary>The sentence for a database that others hold.</summary>
    public const string Busy = "The portal's database is held by other work for too long, so nothing was done. Try again.";

    /// <summary>The sentence for a role without the rights that it needs.</summary>
    public const string NotGranted =
        "The database refuses this to the portal's role, so nothing was done. Whoever runs the portal: 'governance migrate --grant-to ROLE', as the tables' owner.";

    // Result codes of SQLite (sqlite.org/rescode.html).
    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;

    /// <summary>What happened, in a sentence; null where it was something else.</summary>
    /// <param name="fault">With those inside it.</param>
    public static string? SentenceOf(Exception fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        for (Exception? at = fault; at is not null; at = at.InnerException)
        {
            string? sentence = at switch
            {
                SqliteException { SqliteErrorCode: SqliteBusy or SqliteLocked } => Busy,
                PostgresException answer => OfState(answer.SqlState),
                NpgsqlException { InnerException: SocketException or IOException or TimeoutException } => Gone,
                NpgsqlException { InnerException: null } => Gone, // the pool is exhausted, or the connection broke
                _ => null,
            };
            if (sentence is not null)
            {
                return sentence;
            }
        }

        return null;
    }

    // Codes of PostgreSQL (appendix A of its manual): 08 connection, 28 sign-in, 3D database, 53 resources but the disk,
    // 57P the operator, 55 not in the right state, 40 rolled back for another's sake, 42501 privilege.
    private static string? OfState(string state) => state switch
    {
        "42501" => NotGranted,
        "55P03" or "57014" => Busy,
        "53100" => null, // the disk
        _ => state[..2] switch
        {
            "08" or "28" or "3D" or "53" or "57" or "55" => Gone,
            "40" => Busy,
            _ => null,
        },
    };
}
