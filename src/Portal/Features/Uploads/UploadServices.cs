using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;

namespace Governance.Portal.Features.Uploads;

/// <summary>What uploads need of the host.</summary>
internal static class UploadServices
{
    /// <summary>Adds them, and keeps forms out of the temporary folder.</summary>
    public static void AddUploads(this IServiceCollection services)
    {
        services.AddTransient<ReceiveUpload>();
        services.AddTransient<TakeUpload>();
        services.AddTransient<FindVersion>();
        services.AddTransient<RegisterRight>();
        services.AddTransient<RegisterUploadedVersion>();
        services.AddTransient<RegisterUploadedDataset>();
        services.AddSingleton<RefusalNote>();
        services.AddHostedService<SweepRegularly>();
        services.Configure<JsonOptions>(json => json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase)));

        // The framework writes the files of a form from 64 KiB on into the temporary folder, in the clear. Here they stay
        // in memory: pages that take files by form say how large they may be.
        services.Configure<FormOptions>(forms =>
        {
            forms.MemoryBufferThreshold = int.MaxValue;
            forms.BufferBodyLengthLimit = long.MaxValue;
        });
    }
}
