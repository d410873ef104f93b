using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Governance.Audit.Copies;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Quarantine;
using Governance.Portal.CommandLine;
using Governance.Portal.Features.Models;

namespace Governance.Portal.Features.Copies;

/// <summary><c>governance copy-check SUSPECT MODEL --data F</c>: whether a model looks like a copy of another.</summary>
internal static class CopyCheckCommand
{
    private static readonly Argument<string> Suspect = new("SUSPECT") { Description = "The ONNX file under suspicion." };

    private static readonly Argument<string> Model = new("MODEL") { Description = "The ONNX file that may have been copied." };

    private static readonly Option<string> Data = new("--data")
    {
        Description = "Rows of what the model is used on, with their label; best those it was trained on.", HelpName = "F", Required = true,
    };

    private static readonly Option<string?> SuspectEncoding = new("--suspect-encoding")
    {
        Description = "How the suspect reads the data, where --encoding does not fit it.", HelpName = "FILE.json",
    };

    private static readonly Option<string[]> Control = new("--control")
    {
        Description = "A model known to be independent, for the same data; may be given several times.",
        HelpName = "CONTROL.onnx",
        DefaultValueFactory = _ => [],
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string?> Label = new("--label") { Description = "The column with the true outcome.", HelpName = "Y" };

    /// <summary>Makes the command.</summary>
    public static Command Create() => GovernanceCommand.Create(
        "copy-check", "Say whether a model looks like a copy of another: evidence, never proof.", RunAsync,
        Suspect, Model, Data, SuspectEncoding, Control, Label);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        ParseResult arguments = context.Arguments;
        using ModelQuarantine quarantine = new(QuarantineCommand.Options);
        List<GivenControl> controls = [];
        foreach (string path in arguments.GetValue(Control)!)
        {
            controls.Add(new GivenControl(Path.GetFileName(path), await AdmitAsync(quarantine, path, cancellationToken), null));
        }

        CopyQuestion question = new()
        {
            Suspect = await AdmitAsync(quarantine, arguments.GetValue(Suspect)!, cancellationToken),
            SuspectEncoding = await EncodingAsync(arguments.GetValue(SuspectEncoding), cancellationToken),
            Model = await AdmitAsync(quarantine, arguments.GetValue(Model)!, cancellationToken),
            Encoding = await EncodingAsync(context.Encoding, cancellationToken),
            Data = await DataFile.ReadAsync(context, arguments.GetValue(Data)!, cancellationToken),
            Label = arguments.GetValue(Label),
            Controls = controls,
            Secret = SHA256.HashData(Encoding.UTF8.GetBytes($"governance/copy-check/1 {context.Seed.ToString(CultureInfo.InvariantCulture)}")),
            Provider = context.Provider,
            Threads = context.Threads,
        };
        CopyReport report = await Task.Run(() => CheckCopy.Run(question, null, cancellationToken), cancellationToken);
        if (report.Behaviour is { Controls.Count: 0 })
        {
            context.Warn(new AuditWarning(
                "no-controls", "There was no independent model to compare with: the data has no label column that fits the model (name it with --label), and no --control was given."));
        }

        Write(context.People, report);
        await context.WriteJsonAsync(report, cancellationToken);
        return 0;
    }

    // Each file by itself: what a suspect's inputs mean is not known before it is compared.
    private static async Task<byte[]> AdmitAsync(ModelQuarantine quarantine, string path, CancellationToken cancellationToken) =>
        (await quarantine.AdmitAsync(await UserFiles.ReadAsync(path, cancellationToken), null, null, cancellationToken)).File;

    private static async Task<ModelEncoding?> EncodingAsync(string? path, CancellationToken cancellationToken) =>
        path is null ? null : ModelEncoding.Read(await UserFiles.ReadAsync(path, cancellationToken));

    private static void Write(TextWriter people, CopyReport report)
    {
        people.WriteLine(report.Sentence);
        foreach (CopyEvidence evidence in report.Evidence)
        {
            people.WriteLine($"  {evidence.Kind,-10} {CopyWords.Of(evidence.Verdict)}: {evidence.Sentence}");
        }

        if (report.Behaviour is not BehaviourLikeness behaviour)
        {
            return;
        }

        people.WriteLine();
        TextTable.Write(people,
        [
            ["answers to the probe rows", "same label", "correlation", "beyond a plain model"],
            Line(behaviour.Suspect),
            .. behaviour.Controls.Select(Line),
        ]);
    }

    private static IReadOnlyList<string> Line(FollowedAnswers answers) =>
    [
        answers.Given ? $"control {answers.Name}" : answers.Name, TextTable.Number(answers.LabelAgreement),
        TextTable.Number(answers.Correlation), TextTable.Number(answers.ResidualCorrelation),
    ];
}
