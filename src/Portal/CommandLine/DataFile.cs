using Governance.Audit.Cohorts;
using Governance.Audit.Data;

namespace Governance.Portal.CommandLine;

/// <summary>Files of rows that a command line names.</summary>
internal static class DataFile
{
    /// <summary>Reads the rows of a file that belong to the cohort asked for.</summary>
    /// <exception cref="InputException">The file or the condition cannot be read, or no row fulfils it.</exception>
    public static async Task<Table> ReadAsync(CommandContext context, string path, CancellationToken cancellationToken) =>
        await Task.Run(() => ReadCohort(context, path, cancellationToken), cancellationToken);

    /// <summary>Reads the rows of a file that belong to the cohort asked for.</summary>
    /// <exception cref="InputException">The file or the condition cannot be read, or no row fulfils it.</exception>
    public static Table ReadCohort(CommandContext context, string path, CancellationToken cancellationToken)
    {
        Table table = Read(context, path, cancellationToken);
        return context.Where is string where ? Cohort.Parse(where).Take(table) : table;
    }

    /// <summary>Reads all rows of a file, and passes on what a person should know about them.</summary>
    /// <exception cref="InputException">The file cannot be read.</exception>
    public static Table Read(CommandContext context, string path, CancellationToken cancellationToken)
    {
        using FileStream stream = UserFiles.OpenRead(path);
        Table table = TableFile.Read(stream, cancellationToken);
        foreach (AuditWarning warning in TableWarnings.Of(table))
        {
            context.Warn(warning);
        }

        return table;
    }

    /// <summary>The names in a flag's comma-separated list, without surrounding space; empty for a flag that was not given.</summary>
    public static IReadOnlyList<string> Names(string? list) =>
        list?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
}
