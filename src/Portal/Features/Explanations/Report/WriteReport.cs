using System.Security.Cryptography;
using System.Text;
using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Findings;
using Governance.Audit.Runs;
using Governance.Portal.CommandLine;

namespace Governance.Portal.Features.Explanations.Report;

/// <summary>Writes the file of <c>governance explain --report</c>.</summary>
internal static class WriteReport
{
    /// <summary>Writes it; the file appears whole or not at all.</summary>
    /// <param name="context">The run.</param>
    /// <param name="path">The file.</param>
    /// <param name="model">The model's bytes.</param>
    /// <param name="inputs">The data explained.</param>
    /// <param name="report">The attributions.</param>
    /// <param name="warnings">What a reader must know.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public static async Task RunAsync(
        CommandContext context, string path, byte[] model, ExplainInputs inputs, ExplanationReport report,
        IReadOnlyList<AuditWarning> warnings, CancellationToken cancellationToken)
    {
        string data = context.Arguments.GetValue(ExplainCommand.Data)!;
        List<(string, string)> origins =
        [
            ("Model", $"{Path.GetFileName(context.Arguments.GetValue(ExplainCommand.Model)!)}, {PlainNumbers.Count(model.Length)} bytes, SHA-256 {Convert.ToHexStringLower(SHA256.HashData(model))}"),
            ("Encoding", $"SHA-256 {inputs.Encoder.Encoding.Sha256}"),
            ("Data", $"{Path.GetFileName(data)}, SHA-256 {await DigestAsync(data, cancellationToken)}"),
            ("Rows explained", Rows(report)),
            ("Made by", Engine.Name),
        ];
        if (context.Where is string where)
        {
            origins.Add(("Cohort", where));
        }

        if (report.Reference is string reference)
        {
            origins.Add(("Reference", reference));
        }

        // Where the model ran stands among the facts; it is no warning to a reader.
        ReportFacts facts = new(
            Path.GetFileName(context.Arguments.GetValue(ExplainCommand.Model)!), origins, [.. warnings.Where(warning => warning.Code != "provider-cpu")]);
        await UserFiles.WriteAsync(path, Encoding.UTF8.GetBytes(ExplanationDocument.Write(report, inputs.Data, facts)), cancellationToken);
        await context.People.WriteLineAsync($"The report is in {path}.");
    }

    private static async Task<string> DigestAsync(string path, CancellationToken cancellationToken)
    {
        await using FileStream stream = UserFiles.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
    }

    private static string Rows(ExplanationReport report)
    {
        const int MostNamed = 20;
        string named = string.Join(", ", report.Rows.Take(MostNamed).Select(row => PlainNumbers.Count(row.Row)));
        return report.Rows.Count <= MostNamed ? named : $"{PlainNumbers.Count(report.Rows.Count)}: {named}, …";
    }
}
