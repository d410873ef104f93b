using System.CommandLine;
using System.Text;
using Governance.Audit.Data;
using Governance.Audit.Runs;
using Governance.Audit.Specs;
using Governance.Portal.CommandLine;
using Governance.Portal.Features.Audits.Report;
using Governance.Registry.Policies;

namespace Governance.Portal.Features.Audits;

/// <summary><c>governance audit SPEC.yaml [--strict] [--junit F] [--html F]</c>.</summary>
internal static class AuditCommand
{
    private static readonly Argument<string> Spec = new("SPEC.yaml") { Description = "The audit spec; its paths are relative to it." };

    private static readonly Option<bool> Strict = new("--strict") { Description = "Exit code 1 also where a gate is inconclusive." };

    private static readonly Option<string?> JUnit = new("--junit") { Description = "Write the gates as JUnit XML.", HelpName = "F" };

    private static readonly Option<string?> Html = new("--html") { Description = "Write one HTML file that opens alone.", HelpName = "F" };

    private static readonly Option<string?> Model = new("--model") { Description = "Audit this model instead: one of the spec's models by name, or an ONNX file (with --encoding).", HelpName = "NAME|FILE" };

    private static readonly Option<string?> As = new("--as") { Description = "For registered versions and data sets: the user name in whose name they are read.", HelpName = "USER" };

    /// <summary>Makes the command.</summary>
    public static Command Create() => GovernanceCommand.Create(
        "audit", "Measure models as a spec says, and judge them by its gates.", RunAsync,
        Spec, Strict, JUnit, Html, Model, As, DataOptions.Data, DataOptions.Connection);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        foreach (string? path in (string?[])[context.Arguments.GetValue(JUnit), context.Arguments.GetValue(Html)])
        {
            if (path is not null)
            {
                UserFiles.RefuseUnwritable(path);
            }
        }

        string provider = AuditProvider.Of(context);
        if (context.Provider == "auto")
        {
            await context.People.WriteLineAsync("The models run on the CPU, as evidence does unless --provider cuda asks for a device.");
        }


        string file = context.Arguments.GetValue(Spec)!;
        AuditSpec spec = Overridden(context, ReadSpec.Run(Encoding.UTF8.GetString(await UserFiles.ReadAsync(file, cancellationToken))));
        await using SpecSources sources = new(context, Path.GetDirectoryName(Path.GetFullPath(file))!, context.Arguments.GetValue(As));
        List<AuditedModel> audited = [];
        foreach (SpecModel model in spec.Models)
        {
            audited.Add(await AuditAsync(context, sources, spec, model, provider, cancellationToken));
        }

        AuditAnswer answer = AuditAnswer.Of(spec, audited);
        AuditTables.Write(context.People, answer, audited);
        await WriteAsync(context, spec, audited, cancellationToken);
        await context.WriteJsonAsync(answer, cancellationToken);
        return answer.Verdict == GateVerdict.Breaches || (answer.Verdict == GateVerdict.Inconclusive && context.Arguments.GetValue(Strict)) ? 1 : 0;
    }

    // Nothing is written before everything is computed, so that a run that is stopped leaves no half of its files.
    private static async Task WriteAsync(
        CommandContext context, AuditSpec spec, IReadOnlyList<AuditedModel> audited, CancellationToken cancellationToken)
    {
        if (context.Arguments.GetValue(JUnit) is string junit)
        {
            await UserFiles.WriteAsync(junit, JUnitReport.Write(spec.Name, audited, context.Arguments.GetValue(Strict)), cancellationToken);
        }

        if (context.Arguments.GetValue(Html) is string html)
        {
            await UserFiles.WriteAsync(html, Encoding.UTF8.GetBytes(AuditDocument.Write(spec, audited)), cancellationToken);
            await context.People.WriteLineAsync($"The report is in {html}.");
        }
    }

    private static async Task<AuditedModel> AuditAsync(
        CommandContext context, SpecSources sources, AuditSpec spec, SpecModel model, string provider, CancellationToken cancellationToken)
    {
        AuditOptions options = SpecOptions.Of(spec, policyGates: false);
        options = context.Where is not string where ? options : options with
        {
            Measures = options.Measures! with { Where = options.Measures.Where is string own ? $"({own}) and ({where})" : where },
        };
        AuditInputs inputs = await sources.InputsAsync(spec, model, cancellationToken);
        ComputeFindings compute = new(inputs, options, PolicyPack.Default, TimeProvider.System)
        {
            Provider = provider,
        };
        ProgressLines progress = new(context.People, spec.Models.Count > 1 ? model.Name + ": " : "", TimeProvider.System);
        FindingsDocument document = await Task.Factory.StartNew(
            () => compute.Run(context.Threads, progress, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        foreach (AuditWarning warning in document.Warnings.Concat(compute.Device))
        {
            context.Warn(spec.Models.Count > 1 ? warning with { Message = $"{model.Name}: {warning.Message}" } : warning);
        }

        return new AuditedModel(model.Name, document);
    }

    private static AuditSpec Overridden(CommandContext context, AuditSpec spec)
    {
        if (context.Arguments.GetResult(CommonOptions.Seed) is { Implicit: false })
        {
            spec = spec with { Seed = context.Seed };
        }

        string? encoding = context.Encoding is string path ? Path.GetFullPath(path) : null;
        if (context.Arguments.GetValue(Model) is string asked)
        {
            SpecModel chosen = spec.Models.FirstOrDefault(model => model.Name == asked)
                ?? (File.Exists(asked) ? new SpecModel(Path.GetFileNameWithoutExtension(asked), Path.GetFullPath(asked), encoding, null)
                    : throw new InputException($"--model names one of {string.Join(", ", spec.Models.Select(model => model.Name))}, or an ONNX file; there is no '{asked}'."));
            spec = spec with { Models = [chosen] };
        }

        return encoding is null ? spec
            : spec.Models is [{ File: not null } single] ? spec with { Models = [single with { Encoding = encoding }] }
            : throw new InputException("--encoding goes with one model that is a file.");
    }
}
