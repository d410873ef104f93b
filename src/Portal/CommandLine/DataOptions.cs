using System.CommandLine;
using Governance.Registry.Storage;

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

    /// <summary>The registry that a command line names.</summary>
    public static RegistryOptions Read(ParseResult arguments) => new()
    {
        DataFolder = arguments.GetValue(Data)!,
        ConnectionString = arguments.GetValue(Connection),
    };
}
