namespace Governance.Audit.Tests.Specs;

/// <summary>Specs for tests.</summary>
internal static class GivenSpec
{
    /// <summary>The example of the contract, every part of it.</summary>
    public const string Contract = """
        governance: audit/1
        name: hmda-quarterly
        seed: 20260301
        model: { file: hmda_biased/model.onnx, encoding: hmda_biased/manifest.json }   # or { version: hmda-mortgage/3 }
        data:
          evaluation: { file: test.csv, label: deny, positive: "yes", favourable: "no" }
          background: { file: train.csv, rows: 100 }
          reference:  { file: train.csv }            # drift only
          current:    { file: march.csv }
        decision: { threshold: 0.5 }
        cohorts: { single: "single = 'yes' and pirat < 0.4" }
        explain: { method: auto, rows: 50, samples: 2048, class: "yes", link: identity }
        fairness: { attributes: [afam, single], intersections: 2, reference: { afam: "no" }, interval: { level: 0.95, method: bca, resamples: 1000 }, smallest: { rows: 30, events: 10 }, correction: holm }
        performance: { metrics: [accuracy, roc_auc, brier, ece] }
        drift: { columns: all, test: auto, correction: bh, alpha: 0.05 }
        gates:
          - { id: impact-ratio, metric: fairness.demographic_parity_ratio, attribute: afam, atLeast: 0.80 }
          - { id: auc, metric: performance.roc_auc, cohort: single, atLeast: 0.70 }
        budget: { seconds: 600, modelRows: 5000000 }
        schedule: { cron: "0 0 6 1 * ?", timezone: UTC }
        """;

    /// <summary>The shortest spec there is, with a part added.</summary>
    public static string Short(string more = "") =>
        $"governance: audit/1\nname: short\nmodel: {{ file: m.onnx }}\ndata: {{ evaluation: {{ file: d.csv }} }}\n{more}";
}
