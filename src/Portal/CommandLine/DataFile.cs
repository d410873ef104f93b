using Governance.Audit.Cohorts;
using Governance.Audit.Data;

namespace Governance.Portal.CommandLine;

/// <summary>The CSV file that a command measures, after <c>--where</c>.</summary>
internal static class DataFile
{
    /// <summary>Reads the rows of a file that belong to the cohort asked for.</summary>
    /// <exception cref="InputException">The file or the condition cannot be read, or no row fulfils it.</exception>
    public static async Task<Table> ReadAsync(CommandContext context, string path, CancellationToken cancellationToken)
    {
        Table table = await Task.Run(
            () =>
            {
                using FileStream stream = UserFiles.OpenRead(path);
                return CsvTable.Read(stream, cancellationToken);
            },
            cancellationToken);
        return context.Where is string where ? Cohort.Parse(where).Take(table) : table;
    }

    /// <summary>The names in a flag's comma-separated list, without surrounding space; empty for a flag that was not given.</summary>
    public static IReadOnlyList<string> Names(string? list) =>
        list?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
}
