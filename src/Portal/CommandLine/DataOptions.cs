using System.CommandLine;
using Governance.Audit.Data;
using Governance.Registry.Storage;
using Governance.Registry.Uploads;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Governance.Portal.CommandLine;

/// <summary>The flags of every command that opens the registry.</summary>
internal static class DataOptions
{
    public static readonly Option<string> Data = new("--data")
    {
        Description = "The folder of database and artefacts; made where it is missing.",
        DefaultValueFactory = _ => "data",
        HelpName = "DIR",
    };

    /// <summary>The environment variable of the connection string.</summary>
    public const string ConnectionVariable = "GOVERNANCE_CONNECTION";

    public static readonly Option<string?> Connection = new("--connection")
    {
        Description = "The database, as a connection string: 'Host=…;Database=…;Username=…' for PostgreSQL; governance.db in the data folder by default. "
            + $"{ConnectionVariable} gives it as well, and does not show it to everybody who lists processes.",
        HelpName = "STR",
    };

    /// <summary>For commands that take data sets into the registry.</summary>
    public static readonly Option<int?> MostDataset = new("--most-dataset-mib")
    {
        Description = "The largest data set that may be registered, in MiB; 512 by default, 2047 at most.",
        HelpName = "N",
    };

    /// <summary>The registry that a command line names.</summary>
    /// <exception cref="InputException">The limit is none, or the connection string.</exception>
    public static RegistryOptions Read(ParseResult arguments)
    {
        UploadLimits limits = new();
        int? most = arguments.GetValue(MostDataset);
        return most is < 1 or > 2047
            ? throw new InputException("--most-dataset-mib takes a whole number from 1 to 2047.")
            : Checked(new RegistryOptions
            {
                DataFolder = arguments.GetValue(Data)!,
                ConnectionString = arguments.GetValue(Connection) ?? Environment.GetEnvironmentVariable(ConnectionVariable),
                Uploads = most is int mebi ? limits with { MostDatasetBytes = (long)mebi << 20 } : limits,
            });
    }

    // The text itself is not repeated: it may hold a password.
    private static RegistryOptions Checked(RegistryOptions options)
    {
        string text = options.EffectiveConnectionString;
        try
        {
            bool named = options.IsPostgreSql
                ? !string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(text).Database)
                : !string.IsNullOrEmpty(new SqliteConnectionStringBuilder(text).DataSource);
            return named ? options : throw new InputException("The connection string names no database.");
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException)
        {
            throw new InputException(
                "The connection string cannot be read. For PostgreSQL it is like 'Host=db.example;Database=governance;Username=governance_app', for SQLite 'Data Source=FILE'.", fault);
        }
    }
}
