using System.CommandLine;
using Governance.Audit.Data;
using Governance.Audit.Documents;
using Governance.Portal.CommandLine;
using Governance.Portal.Features.Policies;
using Governance.Portal.Features.Versions;

namespace Governance.Portal.Features.Documents;

/// <summary><c>governance document</c>: a document of a version, as on its Reports page.</summary>
internal static class DocumentCommand
{
    private static readonly Argument<string> Version = new("version") { Description = "MODEL/NUMBER, such as hmda-mortgage/3." };

    private static readonly Option<string> Kind = new("--kind") { Description = "Which document.", DefaultValueFactory = _ => "model-card" };

    private static readonly Option<string> Format = new("--format") { Description = "In which form.", DefaultValueFactory = _ => "md" };

    private static readonly Option<string?> Out = new("--out") { Description = "The file; standard output by default, which a PDF never goes to.", HelpName = "FILE" };

    static DocumentCommand()
    {
        Kind.AcceptOnlyFromAmong([.. DocumentNames.Kinds.Select(kind => kind.Name)]);
        Format.AcceptOnlyFromAmong([.. DocumentNames.Formats]);
    }

    /// <summary>Makes the command.</summary>
    public static Command Create() => GovernanceCommand.Create(
        "document", "Write a document of a version from its sealed evidence: model card, validation report, Annex IV file, Local Law 144 summary.",
        RunAsync, Version, Kind, Format, Out, RegistryRun.As, DataOptions.Data, DataOptions.Connection);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string format = context.Arguments.GetValue(Format)!;
        string? file = context.Arguments.GetValue(Out);
        if (file is null && format == "pdf")
        {
            throw new InputException("A PDF goes into a file: name it with --out.");
        }

        if (file is not null)
        {
            UserFiles.RefuseUnwritable(file);
        }

        await using RegistryRun registry = await RegistryRun.OpenAsync(context, cancellationToken);
        VersionReaders readers = new(registry);
        VersionView view = await readers.FindAsync(context.Arguments.GetValue(Version)!, cancellationToken);
        MakeDocument documents = new(readers.Sources);
        DocumentKind kind = DocumentNames.Find(context.Arguments.GetValue(Kind)!)!.Value;
        GovernedDocument document = await documents.WriteAsync(view, kind, cancellationToken);
        byte[] bytes = await documents.RunAsync(view, kind, format, cancellationToken);
        if (file is not null)
        {
            await UserFiles.WriteAsync(file, bytes, cancellationToken);
            await context.People.WriteLineAsync($"Wrote the {document.Title} of {document.Subject} to {file}, {document.Missing} places not filled yet.");
        }
        else
        {
            await context.People.WriteAsync(System.Text.Encoding.UTF8.GetString(bytes).AsMemory(), cancellationToken);
        }

        await context.WriteJsonAsync(
            new
            {
                version = view.Name,
                kind = DocumentNames.Of(kind),
                format,
                file,
                sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)),
                missing = document.Missing,
                evidence = document.Evidence.Select(evidence => new { id = evidence.Id, digest = evidence.Digest }),
                ledger = document.Ledger,
            }, cancellationToken);
        return 0;
    }
}
