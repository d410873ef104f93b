using System.CommandLine;
using Governance.Audit.Data;
using Governance.Audit.Inference;
using Governance.Audit.Quarantine;
using Governance.Portal.CommandLine;

namespace Governance.Portal.Features.Models;

/// <summary><c>governance inspect MODEL</c>: what a model file holds and how it behaves.</summary>
internal static class InspectCommand
{
    private static readonly Argument<string> Model = new("MODEL") { Description = "The ONNX file." };

    private static readonly Option<string?> Data = new("--data") { Description = "Rows to try the model on beside made-up ones, as CSV; the first 20 are taken.", HelpName = "F" };

    public static Command Create() => GovernanceCommand.Create(
        "inspect", "Look into a model file and try it on made-up rows.", RunAsync, Model, Data);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        byte[]? rows = context.Arguments.GetValue(Data) is string path ? await UserFiles.ReadAsync(path, cancellationToken) : null;
        AdmittedModel model = await AdmittedFile.ReadAsync(context, context.Arguments.GetValue(Model)!, rows, cancellationToken);
        InspectionReport report = await Task.Run(() => InspectModel.Report(model, cancellationToken), cancellationToken);
        foreach (ModelCheck check in report.Checks.Where(check => !check.Ok))
        {
            context.Warn(new AuditWarning($"check-{check.Name}", check.Message));
        }

        Write(context.People, report);
        await context.WriteJsonAsync(report, cancellationToken);
        return 0;
    }

    private static void Write(TextWriter people, InspectionReport report)
    {
        people.WriteLine($"sha256    {report.Sha256}");
        people.WriteLine($"size      {report.Bytes:N0} bytes, {report.Nodes:N0} operators, {report.Parameters:N0} parameters");
        people.WriteLine($"format    IR {report.IrVersion}, {string.Join(", ", report.Opsets.Select(opset => $"{opset.Key} {opset.Value}"))}{(report.Producer.Length > 0 ? $", written by {report.Producer}" : "")}");
        foreach (InspectedInput input in report.Inputs)
        {
            people.WriteLine($"input     {input.Name}: {input.Type} {Shape(input.Shape)}");
        }

        foreach (InspectedOutput output in report.Outputs)
        {
            string classes = output.Classes is null ? "" : $", classes {string.Join(", ", output.Classes.Take(12))}";
            people.WriteLine($"output    {output.Name}: {output.Type} {Shape(output.Shape)}, {output.Role.ToString().ToLowerInvariant()}{classes}");
        }

        people.WriteLine($"operators {string.Join(", ", report.Operators.Select(kind => $"{kind.Key} ×{kind.Value}"))}");
        people.WriteLine($"explains  {string.Join(", ", report.Explainers.Where(method => method.Supported).Select(method => method.Method))}");
        foreach (ModelCheck check in report.Checks)
        {
            people.WriteLine($"{(check.Ok ? "ok       " : "FAULT    ")} {check.Name}: {check.Message}");
        }
    }

    private static string Shape(IReadOnlyList<long?> shape) => $"[{string.Join(", ", shape.Select(size => size?.ToString() ?? "?"))}]";
}
