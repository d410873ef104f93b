using System.CommandLine;
using Governance.Audit.Data;
using Governance.Registry.Storage;
using Governance.Registry.Uploads;

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

    public static readonly Option<string?> Connection = new("--connection")
    {
        Description = "The database, as a connection string; governance.db in the data folder by default.",
        HelpName = "STR",
    };

    /// <summary>For commands that take data sets into the registry.</summary>
    public static readonly Option<int?> MostDataset = new("--most-dataset-mib")
    {
        Description = "The largest data set that may be registered, in MiB; 512 by default, 2047 at most.",
        HelpName = "N",
    };

    /// <summary>The registry that a command line names.</summary>
    /// <exception cref="InputException">The limit is none.</exception>
    public static RegistryOptions Read(ParseResult arguments)
    {
        UploadLimits limits = new();
        int? most = arguments.GetValue(MostDataset);
        return most is < 1 or > 2047
            ? throw new InputException("--most-dataset-mib takes a whole number from 1 to 2047.")
            : new RegistryOptions
            {
                DataFolder = arguments.GetValue(Data)!,
                ConnectionString = arguments.GetValue(Connection),
                Uploads = most is int mebi ? limits with { MostDatasetBytes = (long)mebi << 20 } : limits,
            };
    }
}
