using System.Globalization;
using Governance.Bench;

switch (args)
{
    case ["explain"]:
        Explanations.Run();
        return 0;
    case ["gpu", .. string[] words]:
        return Governance.Bench.Gpu.DeviceBench.Run(words);
    case ["fusion", .. string[] words] when words.Length <= 1:
        FusionCost.Run(words.FirstOrDefault());
        return 0;
    case ["parts"]:
        PartsCost.Run();
        return 0;
    case ["answers"]:
        await Answers.RunAsync();
        return 0;
    case ["serve", .. string[] words] when words.Length <= 3:
        return await ServeLoad.RunAsync(
            words.Length > 0 ? int.Parse(words[0], CultureInfo.InvariantCulture) : 60, words.Length > 1 ? int.Parse(words[1], CultureInfo.InvariantCulture) : 200,
            words.Length > 2 ? words[2] : "digits_transformer");
    case ["serve-rows", .. string[] model] when model.Length <= 1:
        return await ServeInProcess.RunAsync(model.FirstOrDefault() ?? "digits_transformer");
    case ["desk", .. string[] words] when words.Length <= 2:
        return await Desk.RunAsync(words.Length > 0 ? int.Parse(words[0], CultureInfo.InvariantCulture) : 100_000, words.ElementAtOrDefault(1));
    case ["variants"]:
        return Variants.Run();
    case ["overhead"]:
        EngineOverhead.Run();
        return 0;
    case ["counterfactual"]:
        Counterfactuals.Run();
        return 0;
    case ["trees", .. string[] folder] when folder.Length <= 1:
        return Trees.Run(folder.FirstOrDefault());
    case ["slices", .. string[] sizes]:
        SliceSearches.Run(sizes);
        return 0;
    case ["ledger", .. string[] entries] when entries.Length <= 1:
        return await LedgerProof.RunAsync(entries.Length == 1 ? int.Parse(entries[0], CultureInfo.InvariantCulture) : 100_000);
    case ["traffic", .. string[] rows] when rows.Length <= 1:
        await TrafficIngestion.RunAsync(rows.Length == 0 ? 1_000_000 : int.Parse(rows[0], CultureInfo.InvariantCulture));
        return 0;
    case ["metrics"]:
        Metrics.Run();
        return 0;
    case ["performance", .. string[] rows] when rows.Length <= 1:
        return PerformanceMetrics.Run(rows.Length == 0 ? 1_000_000 : int.Parse(rows[0], CultureInfo.InvariantCulture));
    case ["performance-rows", string count, string file]:
        PerformanceMetrics.Write(int.Parse(count, CultureInfo.InvariantCulture), file);
        return 0;
    case ["fairness"]:
        Fairness.Run();
        return 0;
    case ["coverage-fairness", .. string[] sets] when sets.Length <= 1:
        FairnessCoverage.Run(sets.Length == 1 ? int.Parse(sets[0], CultureInfo.InvariantCulture) : 10_000);
        return 0;
    case ["drift"]:
        DriftSpeed.Run();
        return 0;
    case ["drift-level", .. string[] words] when words.Length == 0 || int.TryParse(words[0], CultureInfo.InvariantCulture, out _):
        DriftLevel.Run(words.Length == 0 ? 10_000 : int.Parse(words[0], CultureInfo.InvariantCulture), [.. words.Skip(1)]);
        return 0;
    case ["csv", .. string[] kinds]:
        CsvReading.Run(kinds);
        return 0;
    case ["sampling", .. string[] cases]:
        SamplingErrors.Run(seeds: 5, cases);
        return 0;
    case ["coverage", "kernel" or "permutation", _, _, ..] when int.TryParse(args[3], out int seeds) && seeds > 0:
        SamplingCoverage.Run(args[1], args[2], seeds, [.. args[4..].Select(int.Parse)], null);
        return 0;
    case ["coverage-until", "kernel" or "permutation", _, _, _] when int.TryParse(args[3], out int seeds) && seeds > 0:
        SamplingCoverage.Run(args[1], args[2], seeds, [32_768], double.Parse(args[4], System.Globalization.CultureInfo.InvariantCulture));
        return 0;
    case ["fuzz-data", .. string[] words]:
        return DataMutations.Run(words.Length > 0 ? int.Parse(words[0]) : 100_000, words.Length > 1 ? int.Parse(words[1]) : 1);
    case ["large-audit-data", .. string[] folder] when folder.Length <= 1:
        return LargeAuditData.Run(folder.FirstOrDefault() ?? "bench/large-audit");
    case ["detect", string streams, .. string[] cases]:
        Detect.Run(int.Parse(streams, CultureInfo.InvariantCulture), cases);
        return 0;
    case ["detect-benign", string rows, string seed, .. string[] cases]:
        return DetectBenign.Run(int.Parse(rows, CultureInfo.InvariantCulture), int.Parse(seed, CultureInfo.InvariantCulture), cases);
    case ["redteam", .. string[] models]:
        return RedTeam.Run(models);
    case ["what-if-alarms", string sessions, string seed, .. string[] cases]:
        return WhatIfAlarms.Run(int.Parse(sessions, CultureInfo.InvariantCulture), int.Parse(seed, CultureInfo.InvariantCulture), cases);
    case ["monitors-null", .. string[] months] when months.Length <= 1:
        return await MonitorNullMonths.RunAsync(months.Length == 1 ? int.Parse(months[0], CultureInfo.InvariantCulture) : 1_000);
    case ["duplicates"]:
        DuplicateSearch.Run();
        return 0;
    case ["fuzz-onnx", .. string[] numbers]:
        return OnnxFuzz.Run(
            numbers.Length > 0 ? int.Parse(numbers[0], CultureInfo.InvariantCulture) : 100_000,
            numbers.Length > 1 ? int.Parse(numbers[1], CultureInfo.InvariantCulture) : 1);
    default:
        Console.Error.WriteLine("Name one benchmark: answers, gpu [--small] [--cpu] [--models FOLDER], fusion [MODEL], serve [SECONDS [CLIENTS [MODEL]]], serve-rows [MODEL], explain, overhead, variants, trees [FOLDER], sampling, coverage, counterfactual, desk [ROWS [FOLDER]], slices [ROWS …], metrics, fairness, coverage-fairness [SETS], performance [ROWS], csv, drift, drift-level [SIMULATIONS [TEST or SIZE …]], duplicates, detect STREAMS [CASE …], detect-benign ROWS SEED [CASE …], what-if-alarms SESSIONS SEED [CASE …], monitors-null [MONTHS], ledger [ENTRIES], large-audit-data [FOLDER], redteam [MODEL …], or fuzz-onnx or fuzz-data [COUNT [SEED]].");
        return 2;
}
