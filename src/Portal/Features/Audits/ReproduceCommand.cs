using System.CommandLine;
using System.Text;
using System.Text.Json;
using Governance.Audit.Data;
using Governance.Audit.Findings;
using Governance.Audit.Runs;
using Governance.Audit.Specs;
using Governance.Portal.CommandLine;
using Governance.Registry.Evidence;
using Governance.Registry.Policies;

namespace Governance.Portal.Features.Audits;

/// <summary><c>governance reproduce EVIDENCE</c>: computes evidence again and says whether it is the same, to the last bit.</summary>
internal static class ReproduceCommand
{
    private static readonly Argument<string> Evidence = new("EVIDENCE")
    {
        Description = "The JSON that 'governance audit --json' wrote, with --spec; or the id of sealed evidence, with --data and --as.",
    };

    private static readonly Option<string?> Spec = new("--spec") { Description = "The spec that the JSON was made by.", HelpName = "SPEC.yaml" };

    private static readonly Option<string?> As = new("--as") { Description = "For sealed evidence: the user name in whose name it is read.", HelpName = "USER" };

    /// <summary>Makes the command.</summary>
    public static Command Create() => GovernanceCommand.Create(
        "reproduce", "Compute evidence again, and compare it bit by bit.", RunAsync,
        Evidence, Spec, As, DataOptions.Data, DataOptions.Connection);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string named = context.Arguments.GetValue(Evidence)!;
        string provider = AuditProvider.Of(context);
        ReproductionReport report = Guid.TryParse(named, out Guid id)
            ? await SealedAsync(context, id, provider, cancellationToken)
            : await FileAsync(context, named, provider, cancellationToken);
        await context.People.WriteLineAsync(Words(report));
        foreach (Deviation deviation in report.Deviations.Take(20))
        {
            await context.People.WriteLineAsync($"  {deviation.Path}: {deviation.Sealed ?? "nothing"} then, {deviation.Now ?? "nothing"} now");
        }

        await context.WriteJsonAsync(report, cancellationToken);
        return report.BitEqual ? 0 : 1;
    }

    /// <summary>What came of it, in a sentence.</summary>
    public static string Words(ReproductionReport report) => report.BitEqual
        ? $"The same to the last bit: SHA-256 {report.Digest}."
        : $"Not the same: {PlainNumbers.Count(report.Count)} {(report.Count == 1 ? "value differs" : "values differ")}"
            + $"{(report.Largest is double largest ? $", numbers by at most {PlainNumbers.Value(largest)}" : "")}. SHA-256 {report.SealedDigest} then, {report.Digest} now.";

    private static async Task<ReproductionReport> FileAsync(CommandContext context, string path, string provider, CancellationToken cancellationToken)
    {
        string specFile = context.Arguments.GetValue(Spec)
            ?? throw new InputException("Name the spec that the JSON was made by with --spec.");
        AuditAnswer before = Answer(await UserFiles.ReadAsync(path, cancellationToken), path);
        AuditSpec spec = ReadSpec.Run(Encoding.UTF8.GetString(await UserFiles.ReadAsync(specFile, cancellationToken)));
        if (before.Manifest is { } single)
        {
            spec = spec with
            {
                Seed = single.Options.Seed,
                Models = spec.Models.FirstOrDefault(model => model.Name == single.Subject.Model) is { } named ? [named] : spec.Models,
            };
        }

        await using SpecSources sources = new(context, Path.GetDirectoryName(Path.GetFullPath(specFile))!, context.Arguments.GetValue(As));
        List<AuditedModel> now = [];
        foreach (SpecModel model in spec.Models)
        {
            AuditInputs inputs = await sources.InputsAsync(spec, model, cancellationToken);
            AuditOptions options = SpecOptions.Of(spec, policyGates: false);
            now.Add(new AuditedModel(model.Name, await ComputeAsync(context, inputs, options, provider, cancellationToken)));
        }

        return CompareDocuments.Run(SealableFindings.Bytes(before), SealableFindings.Bytes(AuditAnswer.Of(spec, now)));
    }

    private static AuditAnswer Answer(byte[] json, string path)
    {
        try
        {
            return JsonSerializer.Deserialize<AuditAnswer>(json, ReportJson.Options) ?? throw new JsonException();
        }
        catch (JsonException fault)
        {
            throw new InputException($"The file '{path}' is not what 'governance audit --json' writes.", fault);
        }
    }

    private static async Task<ReproductionReport> SealedAsync(CommandContext context, Guid id, string provider, CancellationToken cancellationToken)
    {
        string user = context.Arguments.GetValue(As) ?? throw new InputException("Say with --data which folder, and with --as in whose name.");
        await using RegistryRun registry = await RegistryRun.OpenAsync(context, user, cancellationToken);
        EvidenceDocuments found = await registry.Get<EvidenceQueries>().FindAsync(registry.Actor.User!.Value, new EvidenceId(id), cancellationToken)
            ?? throw new InputException($"There is no evidence '{id}', or not for this person.");
        AuditRun run = (await registry.Get<EvidenceQueries>().FindRunAsync(registry.Actor.User.Value, found.Record.Run, cancellationToken))!;
        AuditOptions options = AuditSpecJson.Read(run.Spec);
        if (options.Kind == AuditKind.Reproduction)
        {
            throw new InputException("This is itself a comparison; name the evidence that it compares with.");
        }

        AuditInputs inputs = await registry.Get<LoadAuditInputs>().RunAsync(found.Record.Version, options, cancellationToken);
        FindingsDocument now = await ComputeAsync(context, inputs, options, provider, cancellationToken);
        return CompareDocuments.Run(found.Findings, SealableFindings.Bytes(now));
    }

    private static Task<FindingsDocument> ComputeAsync(
        CommandContext context, AuditInputs inputs, AuditOptions options, string provider, CancellationToken cancellationToken) => Task.Factory.StartNew(
            () => new ComputeFindings(inputs, options, PolicyPack.Default, TimeProvider.System) { Provider = provider }.Run(
                context.Threads, new ProgressLines(context.People, "", TimeProvider.System), cancellationToken),
            cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
