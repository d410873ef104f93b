using System.Security.Cryptography;
using System.Text.Json;
using Governance.Audit.Data;
using Governance.Audit.Documents;
using Governance.Audit.Runs;
using Governance.Registry.Models;
using Governance.Registry.Policies;
using Governance.Tests;

namespace Governance.Audit.Tests.Documents;

/// <summary>Audits of a sample model that ships with the repository, and a source of documents around them.</summary>
internal static class GivenAudits
{
    private static readonly string Samples = Path.Combine(Reference.Repository, "samples");

    private static readonly Lazy<FindingsDocument> Shared = new(() => Run(PolicyPack.Default, null));

    /// <summary>The biased mortgage model by the default pack.</summary>
    public static FindingsDocument Hmda => Shared.Value;

    /// <summary>The same by another pack, or measured as a spec asks.</summary>
    public static FindingsDocument Run(PolicyPack pack, AuditMeasures? measures)
    {
        byte[] model = File.ReadAllBytes(Path.Combine(Samples, "models", "hmda_biased", "model.onnx"));
        byte[] encoding = File.ReadAllBytes(Path.Combine(Samples, "models", "hmda_biased", "manifest.json"));
        AuditInputs inputs = new()
        {
            Subject = new AuditSubject("hmda", 1, Hex(model), Hex(model), Hex(encoding)),
            Model = model,
            Encoding = encoding,
            Evaluation = Data("test"),
            Background = Data("train"),
        };
        AuditOptions options = new()
        {
            Name = "hmda", Evaluation = "hmda-test", Background = "hmda-train", BackgroundRows = 10, Protected = ["afam", "single"],
            Explanation = new ExplanationOptions { Rows = 6, Samples = 128 }, Measures = measures,
        };
        FindingsDocument document = new ComputeFindings(inputs, options, pack, TimeProvider.System).Run(1, new Silent(), CancellationToken.None);
        return JsonSerializer.Deserialize<FindingsDocument>(SealableFindings.Bytes(document), ReportJson.Options)!;
    }

    /// <summary>What documents of that audit are written from.</summary>
    public static DocumentSource Source(params IEnumerable<FindingsDocument> documents)
    {
        DateTimeOffset day = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);
        return new DocumentSource
        {
            Model = "hmda", ModelTitle = "Mortgage denial", Purpose = "Predicts denials.", Tier = RiskTier.High, Number = 1, Owner = "Dev", Author = "Dev",
            RegisteredAt = day, Stage = "in review", VersionDigest = new string('a', 64), ArtifactDigest = new string('b', 64), EvidenceRoot = new string('c', 64),
            Policy = new PolicyInForce(PolicyPack.Default, [BuiltInPacks.Find("ll144", 1)!.Pack]),
            Evidence =
            [
                .. documents.Select((document, i) => new CitedEvidence(
                    new DocumentEvidence(new Guid(i + 1, 0, 0, new byte[8]), document.Options.Name, Hex(SealableFindings.Bytes(document)), day), document)),
            ],
        };
    }

    private static AuditTable Data(string name)
    {
        byte[] csv = File.ReadAllBytes(Path.Combine(Samples, "hmda", name + ".csv"));
        return new AuditTable($"hmda-{name}", Hex(csv), CsvTable.Read(new MemoryStream(csv), CancellationToken.None), "deny", "yes", "no");
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private sealed class Silent : IRunProgress
    {
        public void Report(string stage, long done, long total)
        {
        }
    }
}
