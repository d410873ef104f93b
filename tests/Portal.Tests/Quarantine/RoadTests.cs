using System.Text.RegularExpressions;
using Governance.Tests;

namespace Governance.Portal.Tests.Quarantine;

/// <summary>There is one road from a file to a session of this process.</summary>
public sealed partial class RoadTests
{
    // A page or a command that loads a model has its bytes from AdmittedFile, or from the registry as AuditInputs; what it stores was admitted when
    // it was registered, and its digest is checked at every read.
    [Fact]
    public void No_command_loads_a_model_that_the_quarantine_has_not_seen()
    {
        string[] found =
        [
            .. Directory.EnumerateFiles(Path.Combine(Reference.Repository, "src", "Portal"), "*.cs", SearchOption.AllDirectories)
                .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
                .Where(file => File.ReadAllText(file) is string code && (code.Contains("OnnxPredictor.Load(", StringComparison.Ordinal) || TakesModel().IsMatch(code))
                    && !code.Contains("AdmittedFile.", StringComparison.Ordinal) && !code.Contains("AuditInputs", StringComparison.Ordinal)
                    && !code.Contains("ModelRun.LoadAsync", StringComparison.Ordinal) && !code.Contains("FairnessModel.LoadAsync", StringComparison.Ordinal) && !code.Contains("AdmitVersion", StringComparison.Ordinal) && !code.Contains("quarantine.AdmitAsync", StringComparison.Ordinal))
                .Select(file => Path.GetFileName(file)),
        ];

        Assert.Empty(found);
    }

    [Fact]
    public void The_runtime_keeps_no_files_and_opens_no_sockets_of_its_own()
    {
        using Governance.Audit.Inference.OnnxPredictor predictor = Governance.Audit.Inference.OnnxPredictor.Load(
            GivenModel.Logistic([1, 2], 0), new Governance.Audit.Inference.PredictorOptions { Provider = "cpu" }, default);

        Assert.DoesNotContain(
            Directory.EnumerateFileSystemEntries("/proc/self/fd").Select(link => new FileInfo(link).LinkTarget ?? ""),
            target => target.Contains("onnxruntime.db", StringComparison.Ordinal) || target.Contains("mat-debug", StringComparison.Ordinal));
    }

    [GeneratedRegex("Description = \"The ONNX file")]
    private static partial Regex TakesModel();
}
