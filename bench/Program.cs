using Governance.Bench;

switch (args)
{
    case ["explain"]:
        Explanations.Run();
        return 0;
    case ["overhead"]:
        EngineOverhead.Run();
        return 0;
    case ["metrics"]:
        Metrics.Run();
        return 0;
    case ["csv", .. string[] kinds]:
        CsvReading.Run(kinds);
        return 0;
    default:
        Console.Error.WriteLine("Name one benchmark: explain, overhead, metrics or csv.");
        return 2;
}
