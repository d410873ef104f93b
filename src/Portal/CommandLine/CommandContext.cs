using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using Governance.Audit.Data;
using Governance.Audit.Runs;

namespace Governance.Portal.CommandLine;

/// <summary>What one run of a command was given, and where it writes.</summary>
internal sealed class CommandContext
{
    private readonly List<AuditWarning> warnings = [];

    /// <summary>Makes the context of a run.</summary>
    /// <param name="arguments">The parsed command line, with the writers of this run.</param>
    public CommandContext(ParseResult arguments)
    {
        Arguments = arguments;
        Json = arguments.GetValue(CommonOptions.Json);
        bool quiet = arguments.GetValue(CommonOptions.Quiet);
        People = quiet ? TextWriter.Null : Json == "-" ? Error : Output;
        Threads = arguments.GetValue(CommonOptions.Threads) ?? Environment.ProcessorCount;
        if (Threads < 1)
        {
            throw new InputException("--threads takes a whole number of at least 1.");
        }

        if (Json is not (null or "-"))
        {
            UserFiles.RefuseUnwritable(Json);
        }
    }

    /// <summary>The parsed command line.</summary>
    public ParseResult Arguments { get; }

    /// <summary>Standard output.</summary>
    public TextWriter Output => Arguments.InvocationConfiguration.Output;

    /// <summary>Standard error.</summary>
    public TextWriter Error => Arguments.InvocationConfiguration.Error;

    /// <summary>The table for people goes here: standard output, or standard error where the JSON takes that.</summary>
    public TextWriter People { get; }

    /// <summary>The file for the JSON, "-" for standard output, null for none.</summary>
    public string? Json { get; }

    /// <summary>auto, cpu or cuda.</summary>
    public string Provider => Arguments.GetValue(CommonOptions.Provider)!;

    /// <summary>At least 1.</summary>
    public int Threads { get; }

    /// <summary>The seed of everything sampled.</summary>
    public int Seed => Arguments.GetValue(CommonOptions.Seed);

    /// <summary>The encoding or manifest file, or null.</summary>
    public string? Encoding => Arguments.GetValue(CommonOptions.Encoding);

    /// <summary>The cohort filter, or null.</summary>
    public string? Where => Arguments.GetValue(CommonOptions.Where);

    /// <summary>Notes something that did not stop the run: in the JSON, and at the end on standard error.</summary>
    public void Warn(AuditWarning warning) => warnings.Add(warning);

    /// <summary>Writes the warnings for people. Only after a run that ended well: a refusal is one sentence alone.</summary>
    public void TellWarnings()
    {
        foreach (AuditWarning warning in Arguments.GetValue(CommonOptions.Quiet) ? [] : warnings)
        {
            Error.WriteLine($"warning: {warning.Message}");
        }
    }

    /// <summary>Writes the result as JSON, head first, if it was asked for. A file appears whole or not at all.</summary>
    /// <param name="body">Serialised with <see cref="ReportJson.Options"/>; its properties follow the head.</param>
    public async Task WriteJsonAsync(object body, CancellationToken cancellationToken)
    {
        if (Json is null)
        {
            return;
        }

        using MemoryStream buffer = new();
        await using (Utf8JsonWriter writer = new(buffer, new JsonWriterOptions { Indented = true, Encoder = ReportJson.Options.Encoder }))
        {
            writer.WriteStartObject();
            writer.WriteString("schema", $"governance/{NameOf(Arguments.CommandResult)}/1");
            writer.WriteString("engine", Engine.Name);
            writer.WritePropertyName("warnings");
            JsonSerializer.Serialize(writer, warnings, ReportJson.Options);
            foreach (JsonProperty property in JsonSerializer.SerializeToElement(body, ReportJson.Options).EnumerateObject())
            {
                property.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        if (Json == "-")
        {
            await Output.WriteLineAsync(System.Text.Encoding.UTF8.GetString(buffer.ToArray()).AsMemory(), cancellationToken);
            return;
        }

        await UserFiles.WriteAsync(Json, buffer.ToArray(), cancellationToken);
    }

    // "ledger-verify" for a command below another, so that schemas of different commands never share a name.
    private static string NameOf(CommandResult command) =>
        command.Parent is CommandResult { Command: not RootCommand } parent
            ? $"{NameOf(parent)}-{command.Command.Name}"
            : command.Command.Name;
}
